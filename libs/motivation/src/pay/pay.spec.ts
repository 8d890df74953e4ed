import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Earnings, earningsOf } from '../earnings/earnings.js';
import { type MotivationScheme, schemeSchema } from '../scheme/scheme.js';
import { type DayOfWork, type PayContext, performanceOf } from './performance.js';
import { adjustmentOf, type PayInputs, type PayslipContent, payslipOf, readPayslip } from './payslip.js';
import { type PaidMonth, type Paying, settle, type Settlement } from './settle.js';

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
const inputs: PayInputs = {
  indicators: Object.fromEntries(context.indicators),
  ...{ planKopecks: null, teamAttainment: null, quality: null },
};
const paying = (days: readonly DayOfWork[]): Paying => ({ schemeId: 's', version: 2, scheme, inputs, days });
const closing = (month: string, asAt: string) => ({ portalId: 'p', userId: '4', month, asAt });
function slipOf(settlement: Settlement): PayslipContent {
  const slip = settle(settlement);
  if (!slip || slip === 'PLAN_MISSING') throw new Error('Nothing is paid.');
  return slip;
}
const marchOf = (days: readonly DayOfWork[]): PayslipContent =>
  slipOf({ ...closing('2026-03', '3:1042'), paying: paying(days), before: [], corrections: [] });

test('a payslip has the same bytes in whatever order its facts are told, and when it was stored and read', () => {
  const first = payslipOf(marchOf(work));
  expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
  fc.assert(
    fc.property(fc.shuffledSubarray(work, { minLength: work.length }), (shuffled) => {
      expect(payslipOf(marchOf(shuffled))).toEqual(first);
    }),
  );
  expect(payslipOf(readPayslip(first.text))).toEqual(first);
  const later = slipOf({ ...closing('2026-03', '3:1043'), paying: paying(work), before: [], corrections: [] });
  expect(payslipOf(later).hash).not.toBe(first.hash);
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

const drawn: MotivationScheme = { ...scheme, draw: { amount: '30000.00', recoverable: true } };

test('whatever becomes known between closings, what was paid for a month comes to what is due for it in the end', () => {
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 4 }), fc.constantFrom(scheme, drawn), (known, of) => {
      const slips: PayslipContent[] = [];
      for (const [place, days] of known.entries()) {
        const before = slips.map((slip): PaidMonth => ({
          slip,
          scheme: of,
          days: slip.month === '2026-01' ? days : [],
        }));
        const month = `2026-0${place + 1}`;
        const now = { ...paying(place === 0 ? days : []), scheme: of };
        slips.push(slipOf({ ...closing(month, `3:${place}`), paying: now, before, corrections: [] }));
      }
      const [first, ...later] = slips as [PayslipContent, ...PayslipContent[]];
      const told = later.flatMap(({ adjustments }) => adjustments.filter(({ month }) => month === '2026-01'));
      const lines = [...first.lines, ...told.flatMap((adjustment) => adjustment.lines)];
      const due = earningsOf(of, performanceOf(of, known.at(-1) ?? [], context));
      expect(lines.reduce((all, { kopecks }) => all + BigInt(kopecks), 0n)).toBe(due.totalKopecks);
      const advance = told.reduce(
        (all, { advanceKopecks }) => all + BigInt(advanceKopecks),
        BigInt(first.advanceKopecks),
      );
      expect(advance).toBe(due.advanceKopecks);
      for (const slip of slips) {
        const all = [...slip.lines, ...slip.adjustments.flatMap((adjustment) => adjustment.lines)];
        expect(BigInt(slip.totalKopecks)).toBe(all.reduce((total, { kopecks }) => total + BigInt(kopecks), 0n));
      }
    }),
  );
});

test('what was granted in a dispute is paid once, and somebody whom no scheme pays any more gets what is due', () => {
  const march = marchOf(work);
  const corrections = [{ disputeId: 'd', month: '2026-03', kopecks: '50000' }];
  const before = [{ slip: march, scheme, days: work.slice(0, -4) }];
  const april = slipOf({ ...closing('2026-04', '3:2000'), paying: null, before, corrections });
  expect(april).toMatchObject({ scheme: null, currency: 'RUB', lines: [], corrections });
  expect(april.adjustments).toEqual([
    {
      month: '2026-03',
      // Without the sales of March, 15 % of 200 000 comes back.
      lines: [{ kind: 'commission', id: null, kopecks: '-3000000' }],
      advanceKopecks: '0',
    },
  ]);
  expect(april.totalKopecks).toBe('-2950000');
  const after = [...before, { slip: april, scheme: null, days: [] }];
  expect(settle({ ...closing('2026-05', '3:3000'), paying: null, before: after, corrections })).toBeNull();
});
