/** Quantile of the normal distribution behind every 95 % interval of the product. */
export const z95 = 1.959964;

/** Below this many observations a rate is not printed: "too few". */
export const leastObservations = 5;

export interface Interval {
  low: number;
  high: number;
}

/**
 * Wilson 95 % interval of a rate `converted / n`, as shares from 0 to 1; null when `n` is 0.
 * Throws a RangeError unless 0 ≤ converted ≤ n are integers.
 */
export function wilson(converted: number, n: number): Interval | null {
  if (!Number.isSafeInteger(converted) || !Number.isSafeInteger(n) || converted < 0 || converted > n) {
    throw new RangeError(`${converted} of ${n} is not a rate.`);
  }
  if (n === 0) return null;
  const share = converted / n;
  const zz = z95 * z95;
  const centre = share + zz / (2 * n);
  const halfWidth = z95 * Math.sqrt((share * (1 - share)) / n + zz / (4 * n * n));
  const scale = 1 + zz / n;
  return {
    // The ends are exact at 0 and n, where rounding would leave a stray 1e-17.
    low: converted === 0 ? 0 : (centre - halfWidth) / scale,
    high: converted === n ? 1 : (centre + halfWidth) / scale,
  };
}

/** True when a rate over `n` observations must be printed as "too few" and not as a percentage. */
export function tooFew(n: number): boolean {
  return n < leastObservations;
}
