import { expect, test } from '@jest/globals';
import { Rational } from '@funnelwatch/kernel';
import { breakEvenRevenue, impliedFixedCost } from './break-even.js';
import { lintPlan, type PlanDraft } from './lint-plan.js';

const draft: PlanDraft = {
  targetKopecks: 80_000_000n,
  averageSaleKopecks: 4_000_000n,
  statedSales: 20,
  marginKopecks: 40_000_000n,
  breakEven: null,
  steps: [
    { indicatorId: 'contacts', conversion: { entered: 250, converted: 75 } },
    { indicatorId: 'meetings', conversion: { entered: 75, converted: 60 } },
    { indicatorId: 'proposals', conversion: { entered: 60, converted: 12 } },
  ],
  parts: [],
  sellerCount: 4,
};
const codes = (change: Partial<PlanDraft>) =>
  lintPlan({ ...draft, ...change }).map(({ severity, code }) => `${severity} ${code}`);

test('twenty sales of 40 000 are 800 000', () => {
  expect(lintPlan(draft)).toEqual([]);
});

test('twenty sales of 40 000 are not 820 000: that takes 21', () => {
  expect(lintPlan({ ...draft, targetKopecks: 82_000_000n })).toEqual([
    {
      severity: 'warning',
      code: 'SALES_TIMES_AVERAGE',
      indicatorId: null,
      values: { sales: '20', average: '40000.00', brings: '800000.00', target: '820000.00', needed: '21' },
    },
  ]);
  // The 21st goes beyond the target; nobody sells half.
  expect(codes({ targetKopecks: 82_000_000n, statedSales: 21 })).toEqual([]);
  expect(codes({ statedSales: 21 })).toEqual(['warning SALES_TIMES_AVERAGE']);
});

test.each([
  [{ targetKopecks: 0n }, ['fault TARGET_INVALID']],
  [{ averageSaleKopecks: -1n }, ['fault AVERAGE_SALE_INVALID']],
  [{ marginKopecks: 90_000_000n }, ['fault MARGIN_ABOVE_TARGET']],
  [{ sellerCount: 0 }, ['fault NO_SELLERS']],
  [{ steps: [] }, ['warning NO_INDICATORS']],
  [{ parts: [{ userId: '1', targetKopecks: 1n }] }, ['warning PARTS_DIFFER_FROM_TARGET']],
  [{ parts: [{ userId: '1', targetKopecks: 80_000_000n }] }, []],
])('%j', (change, expected) => {
  expect(codes(change)).toEqual(expected);
});

test.each([
  [60, 61, ['fault CONVERSION_IMPOSSIBLE']],
  [0, 0, ['fault CONVERSION_UNKNOWN']],
  [9, 0, ['fault CONVERSION_ZERO']],
  [4, 1, ['warning HISTORY_TOO_SHORT']],
  [5, 1, []],
])('of %d that entered %d went on', (entered, converted, expected) => {
  expect(codes({ steps: [{ indicatorId: 'proposals', conversion: { entered, converted } }] })).toEqual(expected);
});

test('a break-even of which nobody said what it is, is a question', () => {
  expect(lintPlan({ ...draft, breakEven: { kopecks: 40_000_000n, basis: null } })).toEqual([
    {
      severity: 'question',
      code: 'BREAK_EVEN_BASIS_UNKNOWN',
      indicatorId: null,
      // As margin it is the revenue of the whole plan.
      values: { breakEven: '400000.00', revenue: '800000.00' },
    },
  ]);
  expect(codes({ breakEven: { kopecks: 40_000_000n, basis: 'revenue' } })).toEqual([]);
  expect(codes({ breakEven: { kopecks: 40_000_001n, basis: 'margin' } })).toEqual(['warning BREAK_EVEN_ABOVE_TARGET']);
});

const parts = { margin: Rational.of(1, 2), variablePay: Rational.of(15, 100) };

test('400 000 as revenue stand for 140 000 of fixed cost, as margin for 280 000', () => {
  expect(impliedFixedCost({ kopecks: 40_000_000n, basis: 'revenue' }, parts)).toBe(14_000_000n);
  expect(impliedFixedCost({ kopecks: 40_000_000n, basis: 'margin' }, parts)).toBe(28_000_000n);
});

test('140 000 of fixed cost are covered by 400 000 of revenue, and by none when pay takes all margin', () => {
  expect(breakEvenRevenue({ fixedKopecks: 14_000_000n, ...parts })).toBe(40_000_000n);
  expect(
    breakEvenRevenue({ fixedKopecks: 1n, margin: Rational.of(1, 10), variablePay: Rational.of(1, 10) }),
  ).toBeNull();
});
