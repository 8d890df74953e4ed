import { Rational } from '@funnelwatch/kernel';
import type { MotivationScheme } from '../scheme/scheme.js';

type PointsPart = NonNullable<MotivationScheme['salary']['points']>;

export interface Score {
  points: Rational;
  /** Points over the target. */
  ratio: Rational;
  indicators: readonly { indicator: string; actions: number; credited: number; points: Rational }[];
}

/**
 * Points of a period: Σ weight · min(actions, cap), an indicator with a largest share bringing no more than that share of the
 * target. Actions of unknown indicators bring nothing.
 */
export function scoreOf({ target, indicators }: PointsPart, actions: Readonly<Record<string, number>>): Score {
  const scored = indicators.map(({ indicator, weight, periodCap, largestShare }) => {
    const done = actions[indicator] ?? 0;
    const credited = Math.min(done, periodCap ?? done);
    const full = Rational.of(credited * weight);
    const most = largestShare === undefined ? full : Rational.ofDecimal(largestShare).times(Rational.of(target));
    return { indicator, actions: done, credited, points: full.compare(most) > 0 ? most : full };
  });
  const points = scored.reduce((sum, each) => sum.plus(each.points), Rational.zero);
  return { points, ratio: points.over(Rational.of(target)), indicators: scored };
}

/** The part of the salary earned by points over the target; bounds inclusive, below the first row nothing. */
export function salaryPart({ table, shape }: PointsPart, ratio: Rational): Rational {
  const rows = table.map(({ from, part }) => ({ from: Rational.ofDecimal(from), part: Rational.ofDecimal(part) }));
  const place = placeReached(rows, ratio);
  const row = rows[place];
  if (!row) return Rational.zero;
  const next = rows[place + 1];
  if (shape === 'steps' || !next) return row.part;
  const way = ratio.minus(row.from).over(next.from.minus(row.from));
  return row.part.plus(next.part.minus(row.part).times(way));
}

/** The highest bound of the table that points over the target reach; null below the first row. */
export function reachedThreshold({ table }: PointsPart, ratio: Rational): Rational | null {
  const bounds = table.map(({ from }) => ({ from: Rational.ofDecimal(from) }));
  return bounds[placeReached(bounds, ratio)]?.from ?? null;
}

const placeReached = (rows: readonly { from: Rational }[], ratio: Rational): number =>
  rows.findLastIndex(({ from }) => from.compare(ratio) <= 0);

export interface NextThreshold {
  /** Points missing, rounded up. */
  missing: bigint;
  /** The bound, as a share of the target. */
  from: Rational;
  /** What the salary part is there. */
  part: Rational;
}

/** The next row of the table above the points; null at the top. */
export function nextThreshold({ table, target }: PointsPart, points: Rational): NextThreshold | null {
  for (const row of table) {
    const from = Rational.ofDecimal(row.from);
    const bound = from.times(Rational.of(target));
    if (bound.compare(points) > 0)
      return { missing: bound.minus(points).ceil(), from, part: Rational.ofDecimal(row.part) };
  }
  return null;
}
