import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { adequacyOf } from './adequacy.js';
import { lagSplit, type SplitQuestion, type StageStay } from './lag-split.js';

const stay = (days: number, cause: StageStay['cause'], stageId = 'NEW'): StageStay => ({ stageId, days, cause });
// Of ten deals, four are won after 10 days, four lost after 20, two after 30 days won.
const stays = [
  ...Array.from({ length: 4 }, () => stay(10, 'won')),
  ...Array.from({ length: 4 }, () => stay(20, 'lost')),
  ...Array.from({ length: 2 }, () => stay(30, 'won')),
];
const question: SplitQuestion = {
  stays,
  ...{ open: [], firstStageId: 'NEW', newPerDay: 2, newAfter: [], from: 0, to: 15 },
};

test('an open deal is won by the chance of those that stood as long and were still open', () => {
  const chance = (days: number, to: number) =>
    lagSplit({ ...question, to, open: [{ stageId: 'NEW', days, kopecks: 100_000n }] }).open.expected;
  expect(chance(0, 15)).toBeCloseTo(0.4);
  expect(chance(0, 5)).toBe(0);
  // After 15 days six are left, of which two are won in the end.
  expect(chance(15, 20)).toBeCloseTo(2 / 6);
  expect(chance(40, 10)).toBe(0);
});

test('money of open deals goes by their chances, and stages that nobody left tell nothing', () => {
  const open = [
    { stageId: 'NEW', days: 0, kopecks: 100_000n },
    { stageId: 'NEW', days: 15, kopecks: 300_000n },
    { stageId: 'RARE', days: 1, kopecks: 900_000n },
  ];
  const { open: brought, unknown } = lagSplit({ ...question, to: 20, open });
  expect([brought.deals, unknown]).toEqual([3, 1]);
  expect(brought.kopecks).toBe(40_000n + 99_999n);
  expect(brought.low).toBeLessThan(brought.expected);
  expect(brought.high).toBeLessThanOrEqual(3);
});

test('new deals bring what can still mature: the later they come, the less', () => {
  const split = lagSplit({ ...question, to: 15, newAfter: [0, 5, 6, 10] });
  // Of two a day: those of today and of day 5 have ten days left, the others have not.
  expect(split.fresh.deals).toBe(8);
  expect(split.fresh.expected).toBeCloseTo(1.6);
  expect(split.chanceOfNew).toBeCloseTo(0.4);
});

test('a plan of a later month takes what is won within that month alone', () => {
  const open = [{ stageId: 'NEW', days: 0, kopecks: 0n }];
  expect(lagSplit({ ...question, from: 12, to: 40, open }).open.expected).toBeCloseTo(0.2);
});

test('parts of the future add up, and chances stay chances', () => {
  const some = fc.array(
    fc.record({
      days: fc.integer({ min: 0, max: 60 }),
      cause: fc.constantFrom<StageStay['cause']>('won', 'lost', null),
    }),
    {
      minLength: 6,
      maxLength: 40,
    },
  );
  fc.assert(
    fc.property(some, fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }), (told, age, middle) => {
      const known = told.map(({ days, cause }) => stay(days, cause));
      const open = [{ stageId: 'NEW', days: age, kopecks: 0n }];
      const within = (from: number, to: number) =>
        lagSplit({ ...question, stays: known, open, from, to }).open.expected;
      expect(within(0, middle) + within(middle, 60)).toBeCloseTo(within(0, 60));
      expect(within(0, 60)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a plan beside what was sold before', () => {
  const months = [
    { month: '2026-01', sales: 10, kopecks: 40_000_000n },
    { month: '2026-02', sales: 15, kopecks: 60_000_000n },
  ];
  const asked = { targetKopecks: 80_000_000n, months, minutesNeeded: 6_000n, minutesAvailable: 40_000 };
  expect(adequacyOf(asked)).toEqual({
    ...{ percentile: 1, usualKopecks: 50_000_000n, usualSales: 12.5, usualAverageKopecks: 4_000_000n },
    ...{ uplift: 1.6, load: 0.15 },
  });
  expect(adequacyOf({ ...asked, months: [], minutesNeeded: null })).toEqual({
    ...{ percentile: null, usualKopecks: null, usualSales: null, usualAverageKopecks: null, uplift: null, load: null },
  });
});
