import { type Interval, wilson } from './wilson.js';

interface Rate {
  converted: number;
  n: number;
}

/**
 * 95 % interval of the difference of two independent rates, first less second, from their Wilson intervals (Newcombe,
 * Statistics in Medicine 1998, method 10); null where either was never observed. Throws a RangeError on counts that cannot be.
 */
export function differenceOfRates(first: Rate, second: Rate): (Interval & { difference: number }) | null {
  const [one, other] = [wilson(first.converted, first.n), wilson(second.converted, second.n)];
  if (one === null || other === null) return null;
  const [share, otherShare] = [first.converted / first.n, second.converted / second.n];
  const difference = share - otherShare;
  return {
    difference,
    low: difference - Math.hypot(share - one.low, other.high - otherShare),
    high: difference + Math.hypot(one.high - share, otherShare - other.low),
  };
}
