import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { earnedIn, type PayInputs } from '../pay/payslip.js';
import type { DayOfWork } from '../pay/performance.js';
import { type MotivationScheme, schemeSchema } from '../scheme/scheme.js';
import { SchemeSimulation } from './simulate.js';

const scheme: MotivationScheme = schemeSchema.parse({
  name: 'Tried',
  currency: 'RUB',
  salary: {
    amount: '20000.00',
    points: {
      target: 100,
      indicators: [{ indicator: 'meetings', weight: 10 }],
      shape: 'steps',
      table: [
        { from: '0', part: '0.5' },
        { from: '1', part: '1' },
      ],
    },
  },
  commission: {
    counted: 'won',
    quota: '200000.00',
    mode: 'cliff',
    tiers: [
      { from: '0', rate: '0.10' },
      { from: '1', rate: '0.15' },
    ],
  },
});
const inputs: PayInputs = {
  indicators: { meetings: { kind: 'activity', activity: 'meeting', direction: 'any' } },
  ...{ planKopecks: null, teamAttainment: null, quality: null },
};
const worked = (meetings: number, sold: bigint): DayOfWork[] => [
  { measure: 'activity:meeting:none', day: '2026-03-02', actions: meetings, kopecks: null, currency: null },
  { measure: 'won:deal:0', day: '2026-03-03', actions: 1, kopecks: sold, currency: 'RUB' },
];
const month = (userId: string, days: DayOfWork[], paidKopecks: bigint | null = null, of = '2026-03') => ({
  ...{ userId, month: of, days, inputs, paidKopecks },
});

test('each month is what the scheme pays for it, beside what was paid', () => {
  const simulation = new SchemeSimulation(scheme);
  simulation.add(month('4', worked(10, 20_000_000n), 4_000_000n));
  simulation.add(month('5', worked(9, 19_000_000n)));
  const { months, thresholds } = simulation.result();
  expect(months).toEqual([
    { userId: '4', month: '2026-03', kopecks: 5_000_000n, paidKopecks: 4_000_000n, soldKopecks: 20_000_000n },
    { userId: '5', month: '2026-03', kopecks: 2_900_000n, paidKopecks: null, soldKopecks: 19_000_000n },
  ]);
  expect(thresholds).toEqual([
    { of: 'points', from: '1', justBelow: 1, justAbove: 1 },
    { of: 'commission', from: '1', justBelow: 1, justAbove: 1 },
  ]);
});

test('the budget follows sales and actions, each apart', () => {
  const simulation = new SchemeSimulation(scheme);
  simulation.add(month('4', worked(10, 20_000_000n)));
  const { sensitivity } = simulation.result();
  const budget = (what: string, percent: number) =>
    sensitivity.find((one) => one.what === what && one.percent === percent)?.kopecks;
  // 10 % of 180 000 instead of 15 % of 200 000; half the salary for nine meetings.
  expect(budget('sales', -10)).toBe(2_000_000n + 1_800_000n);
  expect(budget('sales', 10)).toBe(2_000_000n + 3_300_000n);
  expect(budget('actions', -10)).toBe(1_000_000n + 3_000_000n);
  expect(budget('actions', 20)).toBe(5_000_000n);
});

test('a scheme that goes by a plan says where there is none', () => {
  const byPlan: MotivationScheme = { ...scheme, commission: { ...scheme.commission!, quota: 'plan' } };
  const simulation = new SchemeSimulation(byPlan);
  simulation.add(month('4', worked(10, 20_000_000n), 4_000_000n));
  expect(simulation.result().months[0]).toMatchObject({ kopecks: null, paidKopecks: 4_000_000n });
});

test('replayed month by month it pays what closing the months would have paid, advances carried over', () => {
  const drawn: MotivationScheme = { ...scheme, draw: { amount: '45000.00', recoverable: true } };
  const some = fc.array(fc.tuple(fc.integer({ min: 0, max: 15 }), fc.bigInt({ min: 0n, max: 40_000_000n })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(some, fc.constantFrom(scheme, drawn), (done, tried) => {
      const simulation = new SchemeSimulation(tried);
      let advance = 0n;
      const due = done.map(([meetings, sold], place) => {
        const days = worked(meetings, sold);
        simulation.add(month('4', days, null, `2026-0${place + 1}`));
        const earnings = earnedIn(tried, days, inputs, advance)!;
        advance = earnings.advanceKopecks;
        return earnings.totalKopecks;
      });
      expect(simulation.result().months.map(({ kopecks }) => kopecks)).toEqual(due);
    }),
  );
});
