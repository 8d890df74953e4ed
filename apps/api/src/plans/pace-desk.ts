import { workingTimeOf } from '@funnelwatch/curation';
import { monthPeriod } from '@funnelwatch/funnel';
import { type CountedMeasure, type DoneOnDay, isMeasuredBy, LedgerReader } from '@funnelwatch/motivation';
import { type Clock, daysOfMonth } from '@funnelwatch/kernel';
import { decompose, type Indicator, type KnownPlan, PlanReader, shared, versionOn } from '@funnelwatch/plan';
import { chanceToReach } from '@funnelwatch/statistics';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { Inject, Injectable } from '@nestjs/common';
import pg from 'pg';
import { ownUsersOnly } from '../access/request-access.js';
import { wallClock } from '../composition.tokens.js';
import { People } from '../people/people.js';
import { readCaptureState } from '../portals/capture-state.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { PaceCell, PaceQuery, PaceView } from './pace.schemas.js';
import { measureOfFigure } from './measure-of-figure.js';
import { faultsOf, planQuestionOf, weightsOf } from './preview-plan.js';

/** How plans are kept by what was done so far. */
@Injectable()
export class PaceDesk {
  constructor(
    @Inject(wallClock) private readonly clock: Clock,
    private readonly pool: pg.Pool,
    private readonly portals: PortalDirectory,
    private readonly plans: PlanReader,
    private readonly ledger: LedgerReader,
    private readonly people: People,
  ) {}

  /** Throws `Rejection` PORTAL_UNKNOWN. */
  async show(portalId: string, { month }: PaceQuery): Promise<PaceView> {
    const portal = await this.portals.get(portalId);
    const own = ownUsersOnly();
    const period = { ...monthPeriod(portal.zone, month), zone: portal.zone };
    const [plans, indicators, names, { status }, done] = await Promise.all([
      this.plans.plans(portal, month),
      this.plans.indicators(portal),
      this.people.names(portal),
      readCaptureState(this.pool, portalId),
      this.ledger.done(portal, period, own),
    ]);
    const through = Object.values(status?.through ?? {}).sort()[0] ?? null;
    // What was read of the portal, not the time of day, says how far the month is.
    const asOf = through === null ? this.clock.now() : new Date(through);
    const time = new MonthTime(portal, month, asOf);
    const views = plans.flatMap((plan) => {
      const view = planPace(plan, {
        indicators,
        done,
        time,
        today: dayIn(asOf, portal.zone),
        currency: portal.currency ?? 'RUB',
      });
      if (!view) return [];
      const rows = view.rows.filter(({ userId }) => own?.includes(userId) ?? true);
      return rows.length === 0 ? [] : [{ ...view, rows: rows.map((row) => ({ ...row, name: names.of(row.userId) })) }];
    });
    return { month, asOf: through, workingDays: time.days, elapsed: time.elapsed, plans: views };
  }
}

/** How much of a month's working time has passed. */
class MonthTime {
  readonly elapsed: number;
  readonly days: { all: number; left: number };

  constructor({ zone, workingHours }: RegisteredPortal, month: string, asOf: Date) {
    const time = workingTimeOf({ zone, ...workingHours });
    const { from, to } = monthPeriod(zone, month);
    const passed = new Date(Math.min(Math.max(asOf.getTime(), from.getTime()), to.getTime()));
    const all = time.between(from, to);
    this.elapsed = all === 0 ? 1 : time.between(from, passed) / all;
    const days = daysOfMonth(month).filter((day) => time.ofDay(day).length > 0);
    const left = days.filter((day) => (time.ofDay(day).at(-1)?.to ?? from) > passed);
    this.days = { all: days.length, left: left.length };
  }
}

interface Around {
  indicators: readonly Indicator[];
  done: readonly DoneOnDay[];
  time: MonthTime;
  today: string;
  /** Of the plan; what was sold in another one is not part of it. */
  currency: string;
}

function planPace(plan: KnownPlan, { indicators, done, time, today, currency }: Around) {
  const version = versionOn(plan, `${plan.subject.month}-31`);
  if (!version || faultsOf(version.content) > 0) return null;
  const { content } = version;
  const figures = decompose(planQuestionOf(content));
  const measures = figures.map((figure) => measureOfFigure(figure, plan.subject, indicators));
  const counted = (userId: string, measure: CountedMeasure | null) =>
    done.filter((one) => one.doer === userId && measure !== null && isMeasuredBy(measure, one.measure));
  const actions = (rows: readonly DoneOnDay[]) => rows.reduce((sum, row) => sum + row.actions, 0);
  const targets = shared(BigInt(content.targetKopecks), weightsOf(content), 'exact');
  const rows = content.sellers.map(({ userId }, seller) => {
    const cells = figures.map(({ indicatorId, norms }, place) => {
      const mine = counted(userId, measures[place] ?? null);
      const isToday = actions(mine.filter(({ day }) => day === today));
      return cellOf(indicatorId, norms[seller]?.norm ?? 0n, actions(mine), isToday, time);
    });
    const sales = counted(userId, measures.at(-1) ?? null).filter((row) => row.currency === currency);
    const sold = sales.reduce((sum, { kopecks }) => sum + (kopecks ?? 0n), 0n);
    return {
      ...{ userId, cells, sold: sold.toString() },
      target: (targets[seller]?.norm ?? 0n).toString(),
    };
  });
  const team = figures.map((figure, place) => {
    const sum = (of: (cell: PaceCell) => number) =>
      rows.reduce((all, { cells }) => all + of(cells[place] as PaceCell), 0);
    return cellOf(
      figure.indicatorId,
      figure.team,
      sum((cell) => cell.done),
      sum((cell) => cell.today),
      time,
    );
  });
  return {
    ...{ planId: plan.planId, name: content.name, version: version.version, team, rows },
    sold: rows.reduce((sum, row) => sum + BigInt(row.sold), 0n).toString(),
    target: content.targetKopecks,
  };
}

function cellOf(indicatorId: string | null, norm: bigint, done: number, today: number, time: MonthTime): PaceCell {
  const toGo = norm > BigInt(done) ? norm - BigInt(done) : 0n;
  const { left } = time.days;
  return {
    indicatorId,
    norm: norm.toString(),
    done,
    today,
    due: Number(norm) * time.elapsed,
    toGo: toGo.toString(),
    perDay: left === 0 ? null : Number((toGo + BigInt(left) - 1n) / BigInt(left)),
    runRate: time.elapsed === 0 ? null : done / time.elapsed,
    // What was undone in the month may be more than what was done.
    chance: chanceToReach(Math.max(0, done), time.elapsed, Number(toGo)),
  };
}

const dayIn = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
