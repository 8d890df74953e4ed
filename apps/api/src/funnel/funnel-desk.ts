import { Inject, Injectable } from '@nestjs/common';
import type { FunnelReader, FunnelScope } from '@funnelwatch/funnel';
import { People, type PersonNames } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { funnelReader } from './funnel-reader.token.js';

/** What every question about the funnel of one portal begins with. */
@Injectable()
export class FunnelDesk {
  constructor(
    @Inject(funnelReader) readonly reader: FunnelReader,
    private readonly portals: PortalDirectory,
    private readonly people: People,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN or SELLER_UNKNOWN. */
  async open(portalId: string, seller: string): Promise<{ scope: FunnelScope; names: PersonNames }> {
    const scope = await this.portals.scopeOf(portalId);
    await this.people.refuseUnknownSeller(scope, seller);
    return { scope, names: await this.people.names(scope) };
  }
}
