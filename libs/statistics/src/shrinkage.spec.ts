import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Rate, shrinkageWeight, shrunk } from './shrinkage.js';

const value = ([over, under]: [bigint, bigint]) => Number(over) / Number(under);

test('five of ten, mixed with twenty of a team at a quarter, is a third', () => {
  expect(value(shrunk({ converted: 5, n: 10 }, { converted: 25, n: 100 }, 20))).toBeCloseTo(0.333, 3);
});

test('who was never observed has the rate of the team', () => {
  expect(value(shrunk({ converted: 0, n: 0 }, { converted: 12, n: 60 }, 7))).toBe(0.2);
  expect(() => shrunk({ converted: 0, n: 0 }, { converted: 0, n: 0 }, 7)).toThrow(RangeError);
});

test('people who differ plainly keep their own rates, people who differ by chance share one', () => {
  const plain = [
    { converted: 5, n: 100 },
    { converted: 60, n: 100 },
    { converted: 95, n: 100 },
  ];
  const alike = [
    { converted: 20, n: 100 },
    { converted: 21, n: 100 },
    { converted: 19, n: 100 },
  ];
  expect(shrinkageWeight(plain)).toBe(5);
  expect(shrinkageWeight(alike)).toBe(200);
  expect(shrinkageWeight([{ converted: 3, n: 10 }])).toBe(200);
});

const rate: fc.Arbitrary<Rate> = fc
  .integer({ min: 0, max: 500 })
  .chain((n) => fc.record({ n: fc.constant(n), converted: fc.integer({ min: 0, max: n }) }));

test('a weight lies from 5 to 200, and a shrunk rate between the own one and the team’s', () => {
  fc.assert(
    fc.property(fc.array(rate, { minLength: 1, maxLength: 12 }), (team) => {
      const weight = shrinkageWeight(team);
      expect(weight).toBeGreaterThanOrEqual(5);
      expect(weight).toBeLessThanOrEqual(200);
      const pooled = team.reduce((sum, { converted, n }) => ({ converted: sum.converted + converted, n: sum.n + n }));
      if (pooled.n === 0) return;
      const all = pooled.converted / pooled.n;
      for (const own of team.filter(({ n }) => n > 0)) {
        const mixed = value(shrunk(own, pooled, weight));
        const [low, high] = [Math.min(all, own.converted / own.n), Math.max(all, own.converted / own.n)];
        expect(mixed).toBeGreaterThanOrEqual(low - 1e-12);
        expect(mixed).toBeLessThanOrEqual(high + 1e-12);
      }
    }),
  );
});
