import { readFile } from 'node:fs/promises';
import { BitrixClient, parseWebhookUrl, type PortalProbe, probePortal } from '@funnelwatch/bitrix24';
import { Rejection } from '@funnelwatch/kernel';
import type { Texts } from './texts.js';

/**
 * Tries a webhook: whose it is, what time the portal has, what it may read. Throws `BitrixFailure`, or `Rejection`
 * WEBHOOK_URL_INVALID or CERTIFICATE_FILE_UNREADABLE.
 */
export async function checkPortal(webhookUrl: string, certificateFile: string | undefined): Promise<PortalProbe> {
  const webhook = parseWebhookUrl(webhookUrl);
  const ca = certificateFile ? await readCertificate(certificateFile) : undefined;
  const client = new BitrixClient({ webhook, ca, timeouts: { headersMs: 20_000, totalMs: 30_000 } });
  try {
    return await probePortal(client);
  } finally {
    await client.close();
  }
}

export function describeProbe(probe: PortalProbe, texts: Texts): string {
  const { host, userId, isAdministrator, serverTime, scopes } = probe;
  return [
    texts.portalWorks(host, userId, isAdministrator, serverTime, scopes.join(', ')),
    ...(isAdministrator ? [] : [texts.notAdministrator]),
    ...probe.missingScopes.map(texts.scopeMissing),
  ].join('\n');
}

async function readCertificate(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Rejection(
      'CERTIFICATE_FILE_UNREADABLE',
      `The certificate file ${path} cannot be read. Check FUNNELWATCH_PORTAL_CA and the file's rights.`,
      { cause: error },
    );
  }
}
