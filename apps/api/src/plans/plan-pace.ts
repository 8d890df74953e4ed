import { chanceToReach } from '@funnelwatch/statistics';
import type { MonthTime } from './month-time.js';
import type { PaceCell } from './pace.schemas.js';
import { actionsOf, kopecksOf, type PlanWork } from './plan-work.js';

/** How a plan is kept by what was done so far. Kopecks as text. */
export interface PlanPace {
  planId: string;
  name: string;
  version: number;
  team: PaceCell[];
  rows: { userId: string; cells: PaceCell[]; sold: string; target: string }[];
  sold: string;
  target: string;
}

type PacedTime = Pick<MonthTime, 'elapsed' | 'days' | 'today'>;

/** The pace of a plan: of each seller it binds, and of the team, which did what its sellers did. */
export function paceOf({ planId, name, version, ...work }: PlanWork, time: PacedTime): PlanPace {
  const rows = work.sellers.map(({ userId, targetKopecks, norms, done, sales }) => {
    const cells = work.figures.map(({ indicatorId }, place) => {
      const mine = done[place] ?? [];
      const today = mine.filter(({ day }) => day === time.today);
      return cellOf(indicatorId, norms[place] ?? 0n, { done: actionsOf(mine), today: actionsOf(today), time });
    });
    return { userId, cells, sold: kopecksOf(sales).toString(), target: targetKopecks.toString() };
  });
  const team = work.figures.map(({ indicatorId, team: norm }, place) => {
    const sum = (of: (cell: PaceCell) => number) =>
      rows.reduce((all, { cells }) => all + of(cells[place] as PaceCell), 0);
    return cellOf(indicatorId, norm, { done: sum((cell) => cell.done), today: sum((cell) => cell.today), time });
  });
  return {
    ...{ planId, name, version, team, rows },
    sold: rows.reduce((sum, row) => sum + BigInt(row.sold), 0n).toString(),
    target: work.targetKopecks.toString(),
  };
}

interface DoneInTime {
  done: number;
  today: number;
  time: PacedTime;
}

function cellOf(indicatorId: string | null, norm: bigint, { done, today, time }: DoneInTime): PaceCell {
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
