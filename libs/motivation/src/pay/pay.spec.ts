import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Earnings, earningsOf } from '../earnings/earnings.js';
import { type MotivationScheme, schemeSchema } from '../scheme/scheme.js';
import { type DayOfWork, type PayContext, performanceOf } from './performance.js';
import { adjustmentOf, payslipOf } from './payslip.js';

const scheme: MotivationScheme = schemeSchema.parse({
  name: 'Sellers',
  currency: 'RUB',
  salary: {
    amount: '20000.00',
    points: {
      target: 100,
      indicators: [
        { indicator: 'meetings', weight: 5, dailyCap: 3 },
        { indicator: 'proposals', weight: 25 },
      ],
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
  spiffs: [
    { id: 'launch', indicator: 'proposals', amount: '500.00', from: '2026-03-02', to: '2026-03-03', budget: '1000.00' },
  ],
});
const context: PayContext = {
  indicators: new Map([
    ['meetings', { kind: 'activity', activity: 'meeting', direction: 'any' }],
    ['proposals', { kind: 'stage', pipelineId: 'deal:0', stageId: 'PROPOSAL' }],
  ]),
  planKopecks: null,
  teamAttainment: null,
  quality: null,
  advanceKopecks: 0n,
};
const day = (
  on: number,
  measure: string,
  actions: number,
  kopecks: bigint | null = null,
  currency = 'RUB',
): DayOfWork => ({
  ...{ measure, day: `2026-03-${String(on).padStart(2, '0')}`, actions, kopecks },
  currency: kopecks === null ? null : currency,
});
const work = [
  day(2, 'activity:meeting:none', 2),
  day(2, 'activity:meeting:outgoing', 4),
  day(3, 'activity:meeting:none', 2),
  day(2, 'stage:deal:0:PROPOSAL', 1),
  day(3, 'stage:deal:0:PROPOSAL', 2),
  day(4, 'stage:deal:0:PROPOSAL', 1),
  day(5, 'won:deal:0', 1, 15_000_000n),
  day(6, 'won:deal:5', 1, 5_000_000n),
  day(6, 'won:deal:0', 1, 900_000n, 'USD'),
  day(7, 'paid', 1, 7_000_000n),
];

test('a day counts up to its cap, an extra between its days and within its budget, sales in the currency of the scheme', () => {
  const performance = performanceOf(scheme, work, context);
  expect(performance.actions).toEqual({ meetings: 5, proposals: 4 });
  expect(performance.extras).toEqual({ launch: 2 });
  expect(performance.soldKopecks).toBe(20_000_000n);
  const paid = { ...scheme, commission: { ...scheme.commission!, counted: 'paid' as const } };
  expect(performanceOf(paid, work, context).soldKopecks).toBe(7_000_000n);
  expect(performanceOf(scheme, work, { ...context, indicators: new Map() }).actions).toEqual({
    meetings: 0,
    proposals: 0,
  });
});

const earned = (days: readonly DayOfWork[]): Earnings => earningsOf(scheme, performanceOf(scheme, days, context));
const basis = {
  ...{ portalId: 'p', userId: '4', month: '2026-03', schemeId: 's', schemeVersion: 2 },
  ...{ asAt: '3:1042', calendar: 'ru-2026' },
};

test('a payslip has the same bytes in whatever order its facts are told', () => {
  const first = payslipOf(basis, earned(work));
  expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(fc.shuffledSubarray(work, { minLength: work.length }), (shuffled) => {
      expect(payslipOf(basis, earned(shuffled))).toEqual(first);
    }),
  );
  expect(payslipOf({ ...basis, asAt: '3:1043' }, earned(work)).hash).not.toBe(first.hash);
});

test('a refund after the month was paid comes back at the rate of that month, the tier included', () => {
  const refunded = work.filter(({ measure }) => measure !== 'won:deal:5');
  // 15 % of 200 000 was paid; 10 % of 150 000 was due.
  expect(adjustmentOf(earned(work), earned(refunded))).toEqual([
    { kind: 'commission', id: null, kopecks: -1_500_000n },
  ]);
  expect(adjustmentOf(earned(work), earned(work))).toEqual([]);
});

const some = fc.array(fc.constantFrom(...work), { maxLength: 20 });

test('what was paid and its adjustment are what is due, and undoing comes back to what was paid', () => {
  fc.assert(
    fc.property(some, some, (before, after) => {
      const [paid, due] = [earned(before), earned(after)];
      const sum = (of: Earnings, to: Earnings) => adjustmentOf(of, to).reduce((all, { kopecks }) => all + kopecks, 0n);
      expect(paid.totalKopecks + sum(paid, due)).toBe(due.totalKopecks);
      expect(sum(paid, due) + sum(due, paid)).toBe(0n);
    }),
  );
});
