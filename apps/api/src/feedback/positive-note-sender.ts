import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from '@funnelwatch/observability';
import type { PortalRegistry } from '@funnelwatch/portals';
import { inScope } from '@funnelwatch/postgres';
import { offerCleanWeeks, type OfferParts } from './offer-clean-weeks.js';

const lookEveryMs = 60_000;

/** Looks every minute for clean weeks that a good word is due for. Any number of processes may do this together. */
export class PositiveNoteSender implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(private readonly parts: OfferParts & { registry: PortalRegistry; logger: Logger }) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking = this.looking.then(() => this.look());
    }, lookEveryMs);
  }

  private async look(): Promise<void> {
    const { registry, logger } = this.parts;
    try {
      const portals = await inScope('all', () => registry.list());
      for (const portal of portals.filter(({ status }) => status !== 'removed')) {
        await inScope([portal.portalId], () => offerCleanWeeks(this.parts, portal));
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      logger.warn({ reason }, 'Good words rest and are tried again');
    }
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }
}
