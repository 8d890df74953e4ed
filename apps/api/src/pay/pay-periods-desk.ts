import { type EventLog, waitForPosition } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import {
  type ClosingRefusal,
  type ClosedMonth,
  closePayPeriod,
  type CountedMeasure,
  isMeasuredBy,
  type MotivationScheme,
  LedgerReader,
  PayReader,
  type PayslipContent,
} from '@funnelwatch/motivation';
import { monthPeriod } from '@funnelwatch/funnel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { type Access, noteForAudit, ownUsersOnly } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { missingOf } from './completeness-of-month.js';
import type { PayPeriodView, PayslipView } from './pay-periods.schemas.js';
import { refusalsOf, SettlementOfPay } from './settlement.js';

const longestWaitMs = 5_000;
const mostTraced = 500;
/** Of one person and month; more than anybody does. */
const mostLines = 20_000;

/** Months of pay: what stands in the way of closing one, its payslips, and where each comes from. */
@Injectable()
export class PayPeriodsDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly pool: pg.Pool,
    private readonly portals: PortalDirectory,
    private readonly settlement: SettlementOfPay,
    private readonly pay: PayReader,
    private readonly ledger: LedgerReader,
    private readonly people: People,
  ) {}

  async list(portalId: string) {
    const portal = await this.portals.get(portalId);
    return { items: (await this.pay.periods(portal)).map(periodOf) };
  }

  /** A month that is closed, as it was paid; an open one as it would be paid now, and what stands in the way. */
  async show(portalId: string, month: string): Promise<PayPeriodView> {
    const portal = await this.portals.get(portalId);
    const own = ownUsersOnly();
    const [periods, names] = await Promise.all([this.pay.periods(portal), this.people.names(portal)]);
    const closed = periods.find((period) => period.month === month);
    const view = (slips: readonly PayslipContent[], hashes: readonly (string | null)[]) =>
      slips.map((slip, place) => ({ ...slipView(slip), name: names.of(slip.userId), hash: hashes[place] ?? null }));
    if (closed) {
      const slips = await this.pay.payslips(portal, { from: month, to: month }, own);
      const items = view(
        slips.map(({ content }) => content),
        slips.map(({ hash }) => hash),
      );
      return {
        month,
        closed: own === null ? periodOf(closed) : { ...periodOf(closed), ...totalOf(items) },
        ...noRefusal,
        items,
      };
    }
    const latest = periods[0]?.month ?? null;
    const upTo = await this.position(portal, 0);
    const settled = await this.settlement.of(portal, month, upTo, own);
    const missing = own === null ? await missingOf(this.pool, this.clock, portal, month) : [];
    const refusals = own === null ? [...missing, ...refusalsOf(settled)] : [];
    const isPassed = latest !== null && month < latest;
    return {
      month,
      closed: null,
      isPassed,
      refusals: refusals.map((one) => refusalView(one, names)),
      items: view(settled.payslips, []),
    };
  }

  /** Closes a month. Throws `Rejection` PERIOD_CLOSED, PERIOD_ORDER, PERIOD_NOT_READY, PERIOD_BEHIND. */
  async close(portalId: string, month: string, { accountId }: Access) {
    const portal = await this.portals.get(portalId);
    noteForAudit({ object: month });
    const head = await this.log.head(portal.bucket);
    const asAt = await this.position(portal, head);
    if (asAt < head)
      throw new Rejection('PERIOD_BEHIND', 'The newest events are not counted yet. Try again in a moment.');
    const [settled, missing] = await Promise.all([
      this.settlement.of(portal, month, asAt, null),
      missingOf(this.pool, this.clock, portal, month),
    ]);
    const refusals = [...missing, ...refusalsOf(settled)];
    const closing = { month, asAt: `${portal.bucket}:${asAt}`, payslips: settled.payslips, refusals, by: accountId };
    const { position } = await closePayPeriod({ log: this.log, clock: this.clock }, portal, closing);
    return { position: `${portal.bucket}:${position}`, payslips: settled.payslips.length };
  }

  /** One payslip with the facts behind it. Throws `Rejection` PAYSLIP_UNKNOWN, also for a colleague’s. */
  async payslip(portalId: string, month: string, userId: string): Promise<PayslipView> {
    const portal = await this.portals.get(portalId);
    noteForAudit({ object: `${month} ${userId}` });
    const isHidden = ownUsersOnly()?.includes(userId) === false;
    const [slip] = isHidden ? [] : await this.pay.payslips(portal, { from: month, to: month }, [userId]);
    if (!slip) throw new Rejection('PAYSLIP_UNKNOWN', 'There is no such payslip.');
    const [names, { isReproduced, scheme }, facts] = await Promise.all([
      this.people.names(portal),
      this.settlement.reproduce(portal, slip),
      this.ledger.lines(portal, monthPeriod(portal.zone, month), userId, mostLines),
    ]);
    const counted = facts.filter(({ measure }) => isCounted(measure, slip.content, scheme));
    return {
      ...{ ...slipView(slip.content), name: names.of(userId), hash: slip.hash, text: slip.text, isReproduced },
      factCount: counted.length,
      facts: counted.slice(0, mostTraced).map(({ position, kopecks, ...fact }) => ({
        ...{ position: `${portal.bucket}:${position}`, measure: fact.measure, doneAt: fact.doneAt, about: fact.about },
        ...{ actions: fact.actions, kopecks: kopecks?.toString() ?? null, currency: fact.currency },
      })),
    };
  }

  /** How far the ledger is, once it has come to a position or the longest wait is over. */
  private async position({ bucket }: RegisteredPortal, wanted: number): Promise<number> {
    if (wanted > 0) await waitForPosition(this.pool, 'motivation', bucket, wanted, longestWaitMs);
    const { rows } = await this.pool.query<{ position: number }>({
      name: 'api.ledger_position',
      text: `SELECT "position" FROM log.checkpoint WHERE projection = 'motivation' AND bucket = $1`,
      values: [bucket],
    });
    return rows[0]?.position ?? 0;
  }
}

const noRefusal = { isPassed: true, refusals: [] };

const periodOf = ({ month, closedAt, asAt, payslips, totalKopecks }: ClosedMonth) => ({
  ...{ month, closedAt, asAt, payslips, totalKopecks: totalKopecks.toString() },
});

/** Whether a line of the ledger counts for a payslip: by an indicator of its scheme, or as a sale of the kind it pays. */
function isCounted(measure: string, { inputs }: PayslipContent, scheme: MotivationScheme | null): boolean {
  const { commission } = scheme ?? {};
  const sale: CountedMeasure[] = commission
    ? [commission.counted === 'paid' ? { kind: 'paid' } : { kind: 'won', pipelineId: null }]
    : [];
  return [...Object.values(inputs.indicators), ...sale].some((counted) => isMeasuredBy(counted, measure));
}

/** What a seller is told of a month: their own sum, not everybody’s. */
const totalOf = (slips: readonly { totalKopecks: string }[]) => ({
  payslips: slips.length,
  totalKopecks: slips.reduce((sum, { totalKopecks }) => sum + BigInt(totalKopecks), 0n).toString(),
});

const slipView = (slip: PayslipContent) => ({
  ...{ userId: slip.userId, month: slip.month, currency: slip.currency, points: slip.points },
  ...{ scheme: slip.scheme, lines: slip.lines.map((line) => ({ ...line, because: { ...line.because } })) },
  adjustments: slip.adjustments.map(({ month, lines, advanceKopecks }) => ({
    month,
    lines: [...lines],
    advanceKopecks,
  })),
  ...{ corrections: [...slip.corrections], totalKopecks: slip.totalKopecks, advanceKopecks: slip.advanceKopecks },
});

function refusalView({ code, values }: ClosingRefusal, names: Awaited<ReturnType<People['names']>>) {
  const name = values['userId'] === undefined ? null : names.of(values['userId']);
  return { code, values: { ...values, ...(name !== null && { name }) } };
}
