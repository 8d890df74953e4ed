import { BitrixClient, Limiter, limiterProfiles, parseWebhookUrl } from '@funnelwatch/bitrix24';
import type { PortalRegistry } from '@funnelwatch/portals';
import type { IngestMetrics } from './ingest-metrics.js';

/** Clients of portals; the limiter of a portal outlives them, because the portal's counters do. */
export class PortalClients {
  private readonly limiters = new Map<string, Limiter>();

  constructor(
    private readonly registry: PortalRegistry,
    private readonly metrics: IngestMetrics,
    private readonly options: {
      limits: 'auto' | 'off';
      certificateAuthority?: string;
      privateHosts: readonly string[];
    },
  ) {}

  /** A client with the webhook in force now. Throws `Rejection` PORTAL_UNKNOWN or CREDENTIALS_UNREADABLE. */
  async open(portalId: string): Promise<BitrixClient> {
    const webhook = parseWebhookUrl(await this.registry.webhookOf(portalId));
    return new BitrixClient({
      webhook,
      limiter: this.limiterOf(portalId),
      ca: this.options.certificateAuthority,
      privateHosts: this.options.privateHosts,
      onExchange: (exchange) => this.metrics.onExchange(portalId, exchange),
    });
  }

  private limiterOf(portalId: string): Limiter {
    let limiter = this.limiters.get(portalId);
    if (!limiter) {
      limiter = new Limiter(limiterProfiles[this.options.limits === 'off' ? 'off' : 'standard']);
      this.limiters.set(portalId, limiter);
    }
    return limiter;
  }
}
