import { Rational } from '@funnelwatch/kernel';
import type { MotivationScheme } from '../scheme/scheme.js';

type CommissionPart = NonNullable<MotivationScheme['commission']>;

export interface Commission {
  /** Before rounding, kopecks. */
  exact: Rational;
  attainment: Rational;
  /** The rate of the tier that was reached. */
  rate: Rational;
}

/**
 * A percentage of sales by tiers over a quota. `cliff`: the rate reached holds for everything sold. `marginal`: each tier's
 * rate for what was sold within it. Bounds inclusive; what was lost again (a negative sum) bears the lowest rate. Throws a
 * RangeError when the quota is not more than nothing.
 */
export function commissionOf({ tiers, mode }: CommissionPart, soldKopecks: bigint, quotaKopecks: bigint): Commission {
  if (quotaKopecks <= 0n) throw new RangeError(`A quota of ${quotaKopecks} measures nothing.`);
  const quota = Rational.of(quotaKopecks);
  const sold = Rational.of(soldKopecks);
  const attainment = sold.over(quota);
  const rows = tiers.map(({ from, rate }) => ({ from: Rational.ofDecimal(from), rate: Rational.ofDecimal(rate) }));
  const reached = rows.findLast(({ from }) => from.compare(attainment) <= 0) ?? rows[0];
  const rate = reached?.rate ?? Rational.zero;
  if (mode === 'cliff' || soldKopecks <= 0n) return { exact: sold.times(rate), attainment, rate };
  let exact = Rational.zero;
  rows.forEach((row, place) => {
    const from = row.from.times(quota);
    const next = rows[place + 1]?.from.times(quota);
    const until = next && next.compare(sold) < 0 ? next : sold;
    if (until.compare(from) > 0) exact = exact.plus(until.minus(from).times(row.rate));
  });
  return { exact, attainment, rate };
}

/** What is missing in sales to the next tier, kopecks, and its rate; null in the highest. Throws what `commissionOf` throws. */
export function nextTier(
  { tiers }: CommissionPart,
  soldKopecks: bigint,
  quotaKopecks: bigint,
): { missingKopecks: bigint; rate: Rational } | null {
  if (quotaKopecks <= 0n) throw new RangeError(`A quota of ${quotaKopecks} measures nothing.`);
  for (const { from, rate } of tiers) {
    const missingKopecks = Rational.ofDecimal(from).times(Rational.of(quotaKopecks)).ceil() - soldKopecks;
    if (missingKopecks > 0n) return { missingKopecks, rate: Rational.ofDecimal(rate) };
  }
  return null;
}
