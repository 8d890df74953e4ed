import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { chanceOfAtLeast, triesFor } from './requirement.js';

const observed = { successes: 12, tries: 60 };

test('12 sales of 60 proposals: a hundred more bring 20 with hardly more than an even chance', () => {
  expect(chanceOfAtLeast(20, 100, observed)).toBeCloseTo(0.535, 3);
  expect(triesFor(20, 0.5, observed)).toBe(98);
  expect(triesFor(20, 0.8, observed)).toBe(129);
});

test('nothing wanted takes no tries, and what never happened may still be planned for', () => {
  expect(triesFor(0, 0.9, observed)).toBe(0);
  expect(triesFor(1, 0.5, { successes: 0, tries: 10 })).toBeGreaterThan(10);
  expect(triesFor(19_000, 0.9, { successes: 1, tries: 100 })).toBeNull();
  expect(triesFor(20_001, 0.9, observed)).toBeNull();
});

test.each([
  [-1, 5, { successes: 1, tries: 2 }],
  [1, 5, { successes: 3, tries: 2 }],
  [0.5, 5, { successes: 1, tries: 2 }],
])('%d of %d by %j is refused', (wanted, n, counts) => {
  expect(() => chanceOfAtLeast(wanted, n, counts)).toThrow(RangeError);
});

test.each([0, 1, Number.NaN])('a chance of %d is refused', (chance) => {
  expect(() => triesFor(5, chance, observed)).toThrow(RangeError);
});

const counts = fc
  .integer({ min: 1, max: 300 })
  .chain((tries) => fc.record({ tries: fc.constant(tries), successes: fc.integer({ min: 0, max: tries }) }));

test('the chances of each count make up one: the tail is what a plain sum of products gives', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 60 }), (seen, n) => {
      const [won, lost] = [seen.successes + 0.5, seen.tries - seen.successes + 0.5];
      const rising = (from: number, times: number) =>
        Array.from({ length: times }, (_, step) => from + step).reduce((product, each) => product * each, 1);
      const choose = (k: number) => rising(n - k + 1, k) / rising(1, k);
      const chances = Array.from(
        { length: n + 1 },
        (_, k) => (choose(k) * rising(won, k) * rising(lost, n - k)) / rising(won + lost, n),
      );
      for (let wanted = 0; wanted <= n; wanted += 1) {
        const tail = chances.slice(wanted).reduce((sum, each) => sum + each, 0);
        expect(chanceOfAtLeast(wanted, n, seen)).toBeCloseTo(tail, 8);
      }
    }),
    { numRuns: 40 },
  );
});

test('the fewest tries suffice, and one less does not', () => {
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 40 }), fc.constantFrom(0.5, 0.8, 0.9), (seen, wanted, chance) => {
      const tries = triesFor(wanted, chance, seen);
      if (tries === null) return;
      expect(chanceOfAtLeast(wanted, tries, seen)).toBeGreaterThanOrEqual(chance);
      if (tries > wanted) expect(chanceOfAtLeast(wanted, tries - 1, seen)).toBeLessThan(chance);
    }),
    { numRuns: 40 },
  );
});
