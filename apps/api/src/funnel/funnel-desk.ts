import { Inject, Injectable } from '@nestjs/common';
import type { FunnelReader, FunnelScope } from '@funnelwatch/funnel';
import { refuseForeignSeller } from '../access/request-access.js';
import { People, type PersonNames } from '../people/people.js';
import { Scopes } from '../time-travel/scopes.js';
import { funnelReader } from './funnel-reader.token.js';

/** What every question about the funnel of one portal begins with. */
@Injectable()
export class FunnelDesk {
  constructor(
    @Inject(funnelReader) readonly reader: FunnelReader,
    private readonly scopes: Scopes,
    private readonly people: People,
  ) {}

  /** Throws `Rejection` SELLER_UNKNOWN, OWN_FIGURES_ONLY and what `Scopes` throws. */
  async open(
    portalId: string,
    { seller, asAt }: { seller: string; asAt?: string | undefined },
  ): Promise<{ scope: FunnelScope; names: PersonNames }> {
    const scope = await this.scopes.of(portalId, asAt);
    refuseForeignSeller(seller);
    await this.people.refuseUnknownSeller(scope, seller);
    return { scope, names: await this.people.names(scope) };
  }
}
