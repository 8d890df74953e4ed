import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tooFew, wilson } from './wilson.js';

test.each([
  [9, 36, 0.1375, 0.4107],
  [12, 60, 0.1183, 0.3178],
  [0, 10, 0, 0.2775],
])('%i of %i lies in [%d, %d]', (converted, n, low, high) => {
  const interval = wilson(converted, n);
  expect(interval?.low).toBeCloseTo(low, 4);
  expect(interval?.high).toBeCloseTo(high, 4);
});

test('nothing observed has no interval', () => {
  expect(wilson(0, 0)).toBeNull();
});

test('four observations are too few, five are not', () => {
  expect([4, 5].map(tooFew)).toEqual([true, false]);
});

test.each([
  [2, 1],
  [-1, 5],
  [0.5, 2],
])('%d of %d is refused', (converted, n) => {
  expect(() => wilson(converted, n)).toThrow(RangeError);
});

test('the interval holds the rate, stays inside [0, 1] and is symmetric', () => {
  const counts = fc
    .integer({ min: 1, max: 100_000 })
    .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
  fc.assert(
    fc.property(counts, ([converted, n]) => {
      const interval = wilson(converted, n)!;
      const mirrored = wilson(n - converted, n)!;
      expect(interval.low).toBeGreaterThanOrEqual(0);
      expect(interval.high).toBeLessThanOrEqual(1);
      expect(interval.low).toBeLessThanOrEqual(converted / n);
      expect(interval.high).toBeGreaterThanOrEqual(converted / n);
      expect(mirrored.low).toBeCloseTo(1 - interval.high, 12);
    }),
  );
});
