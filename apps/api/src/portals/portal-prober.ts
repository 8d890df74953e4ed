import { Injectable } from '@nestjs/common';
import { type AddressRules, BitrixClient, parseWebhookUrl, probePortal } from '@funnelwatch/bitrix24';

/** A person waits for the answer. */
const timeouts = { connectMs: 5000, headersMs: 8000, bodyMs: 5000, totalMs: 10_000 };

/** Asks a portal whether a webhook works, before anything is stored. */
@Injectable()
export class PortalProber {
  constructor(private readonly options: AddressRules & { ca?: string | undefined }) {}

  /** Throws `Rejection`: WEBHOOK_URL_INVALID or a `BitrixFailure` whose message says what to do. */
  async probe(webhookUrl: string): Promise<void> {
    const webhook = parseWebhookUrl(webhookUrl);
    const client = new BitrixClient({ ...this.options, webhook, timeouts });
    try {
      await probePortal(client, { attempts: 1 });
    } finally {
      await client.close();
    }
  }
}
