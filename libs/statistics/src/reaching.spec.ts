import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chanceToReach } from './reaching.js';

test('half of the time, ten done: the chance of ten more is about even, of none certain', () => {
  // The predictive is a geometric-like sum: with ½ elapsed, P(X ≥ 1) = 1 − ½^(done + ½).
  expect(chanceToReach(10, 0.5, 1)).toBeCloseTo(1 - 0.5 ** 10.5, 10);
  expect(chanceToReach(0, 0.5, 1)).toBeCloseTo(1 - Math.SQRT1_2, 10);
  const even = chanceToReach(10, 0.5, 10) ?? 0;
  expect(even).toBeGreaterThan(0.45);
  expect(even).toBeLessThan(0.6);
  expect(chanceToReach(10, 0.5, 0)).toBe(1);
});

test('before any time has passed nothing is known, and afterwards nothing comes any more', () => {
  expect(chanceToReach(0, 0, 5)).toBeNull();
  expect(chanceToReach(3, 1, 1)).toBe(0);
  expect(() => chanceToReach(-1, 0.5, 1)).toThrow(RangeError);
  expect(() => chanceToReach(1, 1.5, 1)).toThrow(RangeError);
});

test('it is what adding up the probabilities of the slow definition gives', () => {
  const logGamma = (of: number): number => {
    let sum = 0;
    let at = of;
    for (; at < 20; at += 1) sum -= Math.log(at);
    return sum + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * at) - 1 / (360 * at ** 3);
  };
  const slow = (done: number, elapsed: number, missing: number): number => {
    let below = 0;
    const size = done + 0.5;
    for (let count = 0; count < missing; count += 1)
      below += Math.exp(
        logGamma(size + count) -
          logGamma(size) -
          logGamma(count + 1) +
          size * Math.log(elapsed) +
          count * Math.log(1 - elapsed),
      );
    return 1 - below;
  };
  const share = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), share, fc.integer({ min: 1, max: 60 }), (done, elapsed, missing) => {
      expect(chanceToReach(done, elapsed, missing)).toBeCloseTo(Math.max(0, slow(done, elapsed, missing)), 6);
    }),
  );
});

test('of large counts the chance is about what counting one by one gives, however large they are', () => {
  // With ½ elapsed the median is about what was done; a hundredth of 40 000 is two standard deviations.
  for (const [done, missing, chance] of [
    [40_000, 40_000, 0.5],
    [400, 20_001 * 20, 0],
    [40_000, 20_001, 1],
  ] as const)
    expect(chanceToReach(done, 0.5, missing)).toBeCloseTo(chance, 2);
  // A rate that is hardly known: Gamma(½) lies above ten times its mean with 0.0016.
  expect(chanceToReach(0, 1 / 200_001, 1_000_000)).toBeCloseTo(0.0016, 3);
  // Counted one by one, this would not come back.
  expect(chanceToReach(3, 0.5, 1e180)).toBe(0);
});

test('more missing is never more likely, and more done never less', () => {
  const share = fc.integer({ min: 1, max: 99 }).map((percent) => percent / 100);
  const count = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(count, share, count, (done, elapsed, missing) => {
      const chance = chanceToReach(done, elapsed, missing) ?? 0;
      expect(chanceToReach(done, elapsed, missing + 1) ?? 0).toBeLessThanOrEqual(chance + 1e-12);
      expect(chanceToReach(done + 1, elapsed, missing) ?? 0).toBeGreaterThanOrEqual(chance - 1e-9);
    }),
  );
});
