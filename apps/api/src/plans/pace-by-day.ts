import { Rational } from '@funnelwatch/kernel';
import type { MonthTime } from './month-time.js';
import { actionsOf, kopecksOf, type PlanWork } from './plan-work.js';

/** A figure of the team at the end of a day of the month. */
export interface PaceDay {
  /** Of the figure in the chain. */
  place: number;
  day: string;
  /** What of the norm is due by then. */
  due: number;
  /** Done since the first day; null for days of which nothing is known yet. */
  done: number | null;
  /** What of the target is due by then; of sales alone. */
  dueKopecks: bigint | null;
  /** Sold since the first day, null as `done` is; of sales alone. */
  soldKopecks: bigint | null;
}

/** How the team keeps each figure of a plan day by day: what is known ends with the pace of the plan, what is due with its norm. */
export function paceByDay({ figures, sellers, targetKopecks }: PlanWork, time: Pick<MonthTime, 'ends' | 'today'>) {
  const everything = sellers.flatMap(({ done }) => done.flat());
  // What was entered ahead of time counts on its day, as it does in the pace.
  const known = everything.reduce((last, { day }) => (day > last ? day : last), time.today);
  return figures.flatMap(({ indicatorId, team }, place): PaceDay[] => {
    const isSales = indicatorId === null;
    const done = byDay(sellers.flatMap((seller) => seller.done[place] ?? []));
    const sales = byDay(isSales ? sellers.flatMap((seller) => seller.sales) : []);
    let [actions, kopecks] = [0, 0n];
    return time.ends.map(({ day, share }) => {
      actions += actionsOf(done.get(day) ?? []);
      kopecks += kopecksOf(sales.get(day) ?? []);
      return {
        ...{ place, day, due: share.times(Rational.of(team)).toNumber() },
        done: day > known ? null : actions,
        dueKopecks: isSales ? share.times(Rational.of(targetKopecks)).round() : null,
        soldKopecks: isSales && day <= known ? kopecks : null,
      };
    });
  });
}

const byDay = <Row extends { day: string }>(rows: readonly Row[]): Map<string, Row[]> =>
  Map.groupBy(rows, ({ day }) => day);
