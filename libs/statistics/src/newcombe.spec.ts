import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differenceOfRates } from './newcombe.js';

/** Example of the paper that introduced the method: 56 of 70 against 48 of 80. */
test('56 of 70 and 48 of 80 differ by 0.0524 to 0.3339', () => {
  const found = differenceOfRates({ converted: 56, n: 70 }, { converted: 48, n: 80 });
  expect(found?.difference).toBeCloseTo(0.2, 10);
  expect(found?.low).toBeCloseTo(0.0524, 4);
  expect(found?.high).toBeCloseTo(0.3339, 4);
});

test('a rate that was never observed differs from nothing', () => {
  expect(differenceOfRates({ converted: 0, n: 0 }, { converted: 1, n: 2 })).toBeNull();
});

const rate = fc
  .integer({ min: 1, max: 1000 })
  .chain((n) => fc.record({ n: fc.constant(n), converted: fc.integer({ min: 0, max: n }) }));

test('the interval holds the difference, stays within -1 and 1, and turns over with the rates', () => {
  fc.assert(
    fc.property(rate, rate, (first, second) => {
      const [there, back] = [differenceOfRates(first, second)!, differenceOfRates(second, first)!];
      expect(there.low).toBeLessThanOrEqual(there.difference);
      expect(there.high).toBeGreaterThanOrEqual(there.difference);
      expect(there.low).toBeGreaterThanOrEqual(-1 - 1e-12);
      expect(there.high).toBeLessThanOrEqual(1 + 1e-12);
      expect(back.low).toBeCloseTo(-there.high, 12);
    }),
  );
});
