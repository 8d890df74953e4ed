import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { benjaminiHochberg, binomialTail } from './concentration.js';

test('nine of fourteen cases on a person with a quarter of the checks are no chance', () => {
  expect(binomialTail(9, 14, 0.25)).toBeCloseTo(0.0022, 4);
});

test.each([
  [0, 10, 0.3, 1],
  [10, 10, 0.5, 0.5 ** 10],
  [1, 2, 0.5, 0.75],
  [3, 3, 0, 0],
  [3, 3, 1, 1],
])('%i or more of %i with chance %f', (hits, n, share, expected) => {
  expect(binomialTail(hits, n, share)).toBeCloseTo(expected, 12);
});

test('thousands of checks have a chance too', () => {
  expect(binomialTail(2500, 5000, 0.5)).toBeCloseTo(0.5056, 3);
  expect(binomialTail(300, 5000, 0.05)).toBeGreaterThan(0);
  expect(() => binomialTail(3, 2, 0.5)).toThrow(RangeError);
  expect(() => binomialTail(1, 2, 1.5)).toThrow(RangeError);
});

test('more hits are never more likely, and the tails are those of both sides', () => {
  const case_ = fc.tuple(fc.integer({ min: 1, max: 200 }), fc.double({ min: 0.01, max: 0.99, noNaN: true }));
  fc.assert(
    fc.property(case_, fc.nat(199), ([n, share], at) => {
      const hits = (at % n) + 1;
      expect(binomialTail(hits, n, share)).toBeLessThanOrEqual(binomialTail(hits - 1, n, share) + 1e-12);
      expect(binomialTail(hits, n, share) + binomialTail(n - hits + 1, n, 1 - share)).toBeCloseTo(1, 9);
    }),
  );
});

test('the example of the paper on fifteen comparisons', () => {
  const chances = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  const adjusted = benjaminiHochberg(chances);
  expect(adjusted.filter((chance) => chance <= 0.05)).toHaveLength(4);
  expect(adjusted[3]).toBeCloseTo(0.0095 * (15 / 4), 6);
});

test('adjusting keeps the order, lowers nothing, and one comparison stays as it is', () => {
  expect(benjaminiHochberg([0.03])).toEqual([0.03]);
  expect(benjaminiHochberg([])).toEqual([]);
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (chances) => {
      const adjusted = benjaminiHochberg(chances);
      chances.forEach((chance, index) => {
        expect(adjusted[index]).toBeGreaterThanOrEqual(chance - 1e-12);
        expect(adjusted[index]).toBeLessThanOrEqual(1);
        chances.forEach((other, at) => {
          if (chance < other) expect(adjusted[index]).toBeLessThanOrEqual((adjusted[at] ?? 1) + 1e-12);
        });
      });
    }),
  );
});
