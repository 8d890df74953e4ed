import { workingTimeOf } from '@funnelwatch/curation';
import { monthPeriod } from '@funnelwatch/funnel';
import { addMonths, type Clock, Rejection } from '@funnelwatch/kernel';
import { isMeasuredBy, LedgerReader } from '@funnelwatch/motivation';
import { adequacyOf, lagSplit, PlanReader } from '@funnelwatch/plan';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { wallClock } from '../composition.tokens.js';
import { MonthOfPay } from '../pay/month-of-pay.js';
import { readCaptureState } from '../portals/capture-state.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { breakEvenOf } from './break-even-of-plan.js';
import { type DealHistories, readDealHistories } from './deal-histories.js';
import { measureOfFigure } from './measure-of-figure.js';
import type { PlanOutlookView } from './plan-outlook.schemas.js';
import type { PlanBody } from './plans.schemas.js';
import { previewPlan } from './preview-plan.js';

const dayMs = 86_400_000;
/** Deals of half a year are learned from, months of a year are compared with. */
const learnedDays = 180;
const comparedMonths = 12;

/** How much a plan asks beside what was done before, and what of it is under way already. */
@Injectable()
export class PlanOutlookDesk {
  constructor(
    @Inject(wallClock) private readonly clock: Clock,
    private readonly pool: pg.Pool,
    private readonly portals: PortalDirectory,
    private readonly plans: PlanReader,
    private readonly ledger: LedgerReader,
    private readonly months: MonthOfPay,
  ) {}

  /** Throws `Rejection` PLAN_UNKNOWN, PLAN_HAS_FAULTS. */
  async show(portalId: string, planId: string): Promise<PlanOutlookView> {
    const portal = await this.portals.get(portalId);
    const plan = await this.plans.plan(portal, planId);
    const content = plan?.versions.at(-1)?.content as PlanBody['content'] | undefined;
    if (!plan || !content) throw new Rejection('PLAN_UNKNOWN', 'There is no such plan.');
    const indicators = await this.plans.indicators(portal);
    const { figures } = previewPlan(content, indicators);
    if (!figures) throw new Rejection('PLAN_HAS_FAULTS', 'A plan that contradicts itself comes to nothing.');
    const { month, pipelineId } = plan.subject;
    const { status } = await readCaptureState(this.pool, portalId);
    const through = Object.values(status?.through ?? {}).sort()[0];
    // What was read of the portal, not the time of day, says what is known.
    const asOf = through === undefined ? this.clock.now() : new Date(through);
    const currency = portal.currency ?? 'RUB';
    const period = monthPeriod(portal.zone, month);
    const before = { from: monthPeriod(portal.zone, addMonths(month, -comparedMonths)).from, to: period.from };
    const sold = await this.ledger.soldByMonth(portal, { ...before, zone: portal.zone }, { pipelineId, currency });
    const months = filled(sold, month);
    const people = content.sellers.map(({ userId }) => userId);
    const done = await this.ledger.countsByMonth(portal, { ...before, zone: portal.zone }, people);
    const paid = await this.months.schemesOf(portal, month, people);
    const breakEven = breakEvenOf(content, new Map(paid.map(({ userId, scheme }) => [userId, scheme])));
    const minutes = figures.flatMap((figure) => (figure.minutes === null ? [] : [BigInt(figure.minutes)]));
    const time = workingTimeOf({ zone: portal.zone, ...portal.workingHours });
    const adequacy = adequacyOf({
      ...{ targetKopecks: BigInt(content.targetKopecks), months },
      minutesNeeded: minutes.length === 0 ? null : minutes.reduce((sum, each) => sum + each, 0n),
      minutesAvailable: (time.between(period.from, period.to) / 60_000) * content.sellers.length,
    });
    const sales = Number(figures.at(-1)?.team ?? '0');
    const isOver = asOf >= period.to;
    const question = { pipelineId: pipelineId ?? '', since: new Date(asOf.getTime() - learnedDays * dayMs), now: asOf };
    return {
      asOf: asOf.toISOString(),
      ...{ sales, targetKopecks: content.targetKopecks },
      adequacy: {
        ...adequacy,
        months: months.map(({ kopecks, ...one }) => ({ ...one, kopecks: kopecks.toString() })),
        usualKopecks: adequacy.usualKopecks?.toString() ?? null,
        usualAverageKopecks: adequacy.usualAverageKopecks?.toString() ?? null,
      },
      breakEven: breakEven && {
        ...{ margin: breakEven.margin.toNumber(), variablePay: breakEven.variablePay.toNumber() },
        fixedKopecks: breakEven.fixedKopecks.toString(),
        revenueKopecks: breakEven.revenueKopecks?.toString() ?? null,
        leftKopecks: breakEven.leftKopecks.toString(),
      },
      replay: figures.map(({ indicatorId, team, norms }) => {
        const measure = measureOfFigure({ indicatorId }, plan.subject, indicators);
        const counted = done.filter((one) => measure !== null && isMeasuredBy(measure, one.measure));
        return {
          indicatorId,
          ...replayed(
            counted,
            { team: Number(team), norms },
            months.map((one) => one.month),
          ),
        };
      }),
      split:
        pipelineId === null || isOver
          ? null
          : await this.split(portal, {
              ...{ month, asOf, sales, pipelineId, currency },
              averageKopecks: BigInt(content.averageSaleKopecks),
              histories: await readDealHistories(this.pool, portal, { ...question, currency }),
            }),
    };
  }

  private async split(
    portal: RegisteredPortal,
    { month, asOf, sales, pipelineId, currency, averageKopecks, histories }: SplitOf,
  ): Promise<NonNullable<PlanOutlookView['split']>> {
    const { from, to } = monthPeriod(portal.zone, month);
    const time = workingTimeOf({ zone: portal.zone, ...portal.workingHours });
    const workingDays = (begin: Date, end: Date): Date[] => {
      const count = Math.max(0, Math.ceil((end.getTime() - begin.getTime()) / dayMs));
      const days = Array.from({ length: count }, (_, day) => new Date(begin.getTime() + day * dayMs));
      return days.filter((day) => time.between(day, new Date(day.getTime() + dayMs)) > 0);
    };
    const learned = workingDays(new Date(asOf.getTime() - learnedDays * dayMs), asOf).length;
    const daysFromNow = (instant: Date): number => Math.max(0, (instant.getTime() - asOf.getTime()) / dayMs);
    const split = lagSplit({
      ...histories,
      newPerDay: learned === 0 ? 0 : histories.begun / learned,
      newAfter: workingDays(asOf, to).map(daysFromNow),
      ...{ from: daysFromNow(from), to: daysFromNow(to) },
    });
    const [won] = await this.ledger.soldByMonth(portal, { from, to, zone: portal.zone }, { pipelineId, currency });
    const { open, fresh, chanceOfNew, unknown } = split;
    const missing = sales - (won?.sales ?? 0) - open.expected - fresh.expected;
    return {
      won: { sales: won?.sales ?? 0, kopecks: (won?.kopecks ?? 0n).toString() },
      open: { ...open, kopecks: open.kopecks.toString() },
      fresh: {
        ...fresh,
        kopecks: ((averageKopecks * BigInt(Math.round(fresh.expected * 1000))) / 1000n).toString(),
      },
      ...{ missing, chanceOfNew, unknown },
      moreDeals: missing <= 0 ? 0 : chanceOfNew < 0.001 ? null : Math.ceil(missing / chanceOfNew),
    };
  }
}

interface SplitOf {
  month: string;
  asOf: Date;
  sales: number;
  pipelineId: string;
  currency: string;
  averageKopecks: bigint;
  histories: DealHistories;
}

/** A figure of a plan held against what was done of it in recorded months. */
function replayed(
  done: readonly { month: string; doer: string; actions: number }[],
  { team, norms }: { team: number; norms: readonly { userId: string; norm: string }[] },
  months: readonly string[],
) {
  const sums = new Map<string, number>();
  for (const { month, doer, actions } of done)
    for (const key of [month, `${month} ${doer}`]) sums.set(key, (sums.get(key) ?? 0) + actions);
  const all = months.map((month) => sums.get(month) ?? 0);
  const asked = norms.filter(({ norm }) => norm !== '0');
  return {
    planned: team,
    usual: months.length === 0 ? 0 : all.reduce((sum, each) => sum + each, 0) / months.length,
    reached: all.filter((each) => each >= team).length,
    normsMade: months.reduce(
      (made, month) =>
        made + asked.filter(({ userId, norm }) => (sums.get(`${month} ${userId}`) ?? 0) >= Number(norm)).length,
      0,
    ),
    normsAsked: months.length * asked.length,
  };
}

/** Every month from the first with a sale until the one before the plan’s: one without sales is a month of nothing. */
function filled(sold: readonly { month: string; sales: number; kopecks: bigint }[], planned: string) {
  const [first] = sold;
  if (!first) return [];
  const known = new Map(sold.map((one) => [one.month, one]));
  const months: { month: string; sales: number; kopecks: bigint }[] = [];
  for (let month = first.month; month < planned; month = addMonths(month, 1))
    months.push(known.get(month) ?? { month, sales: 0, kopecks: 0n });
  return months;
}
