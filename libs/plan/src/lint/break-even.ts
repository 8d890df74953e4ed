import { Rational } from '@funnelwatch/kernel';

/** Parts of revenue as exact shares, and costs that do not depend on it. */
export interface Costs {
  fixedKopecks: bigint;
  margin: Rational;
  /** What of revenue is paid to those who sell. */
  variablePay: Rational;
}

/**
 * Revenue at which what is left after variable pay just covers the fixed cost, whole kopecks, rounded up; null when each sale
 * costs more than it brings.
 */
export function breakEvenRevenue({ fixedKopecks, margin, variablePay }: Costs): bigint | null {
  const contribution = margin.minus(variablePay);
  if (contribution.compare(Rational.zero) <= 0) return null;
  return Rational.of(fixedKopecks).over(contribution).ceil();
}

/**
 * The fixed cost that a break-even stands for, by what it was said to be: revenue × (margin − variable pay). A margin is first
 * made the revenue that brings it. Whole kopecks, half up. Throws a RangeError without a margin.
 */
export function impliedFixedCost(
  breakEven: { kopecks: bigint; basis: 'revenue' | 'margin' },
  { margin, variablePay }: Omit<Costs, 'fixedKopecks'>,
): bigint {
  const said = Rational.of(breakEven.kopecks);
  const revenue = breakEven.basis === 'revenue' ? said : said.over(margin);
  return revenue.times(margin.minus(variablePay)).round();
}
