import type { EventLog } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { handleSaleShare, LedgerReader } from '@funnelwatch/motivation';
import { Inject, Injectable } from '@nestjs/common';
import { type Access, noteForAudit } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { MonthOfPay } from './month-of-pay.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { ShareSaleBody } from './sale-shares.schemas.js';

/** Sales whose money is shared between people. */
@Injectable()
export class SaleSharesDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
    private readonly ledger: LedgerReader,
    private readonly people: People,
    private readonly months: MonthOfPay,
  ) {}

  async list(portalId: string) {
    const portal = await this.portals.get(portalId);
    const [shares, names] = await Promise.all([this.ledger.shares(portal, null), this.people.names(portal)]);
    return {
      items: [...shares].map(([about, all]) => ({
        dealId: about.slice('deal:'.length),
        shares: all.map(({ userId, share }) => ({ userId, name: names.of(userId), share })),
      })),
    };
  }

  /** Throws `Rejection` SALE_UNKNOWN, SALE_SHARE_UNPAID, SALE_SHARES_INVALID. */
  async share(portalId: string, dealId: string, { shares }: ShareSaleBody, { accountId }: Access) {
    const portal = await this.portals.get(portalId);
    const about = `deal:${dealId}`;
    noteForAudit({ object: about });
    if (!(await this.ledger.isSold(portal, about)))
      throw new Rejection('SALE_UNKNOWN', 'Nothing was sold by such a deal.');
    const paid = new Set(await this.months.everPaid(portal));
    if (shares.some(({ userId }) => !paid.has(userId)))
      throw new Rejection('SALE_SHARE_UNPAID', 'No scheme pays one of them: the money would go to nobody.');
    const decisions = { log: this.log, clock: this.clock };
    const { position } = await handleSaleShare(decisions, portal, { about, shares }, accountId);
    return { position: `${portal.bucket}:${position}` };
  }
}
