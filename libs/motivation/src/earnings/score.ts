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
  const place = rows.findLastIndex(({ from }) => from.compare(ratio) <= 0);
  const row = rows[place];
  if (!row) return Rational.zero;
  const next = rows[place + 1];
  if (shape === 'steps' || !next) return row.part;
  const way = ratio.minus(row.from).over(next.from.minus(row.from));
  return row.part.plus(next.part.minus(row.part).times(way));
}

/** Points missing to the next row of the table, and what the salary part is there; null at the top. */
export function nextThreshold(
  { table, target }: PointsPart,
  points: Rational,
): { missing: bigint; part: Rational } | null {
  for (const { from, part } of table) {
    const bound = Rational.ofDecimal(from).times(Rational.of(target));
    if (bound.compare(points) > 0) return { missing: bound.minus(points).ceil(), part: Rational.ofDecimal(part) };
  }
  return null;
}
