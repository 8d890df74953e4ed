import { expect, test } from '@jest/globals';
import { Rational } from '@funnelwatch/kernel';
import fc from 'fast-check';
import { commissionOf, nextTier } from './commission.js';
import { earningsOf, type Performance } from './earnings.js';
import { type MotivationScheme, schemeSchema } from '../scheme/scheme.js';
import { nextThreshold, reachedThreshold, salaryPart, scoreOf } from './score.js';

/** Weights 1, 5 and 25; thresholds at 50, 80 and 100 % of 890 points; a cliff at 80, 100 and 120 % of 200 000 ₽. */
const scheme: MotivationScheme = schemeSchema.parse({
  name: 'Sellers',
  currency: 'RUB',
  salary: {
    amount: '20000.00',
    points: {
      target: 890,
      indicators: [
        { indicator: 'contacts', weight: 1 },
        { indicator: 'meetings', weight: 5 },
        { indicator: 'proposals', weight: 25 },
      ],
      shape: 'steps',
      table: [
        { from: '0', part: '0.5' },
        { from: '0.5', part: '0.75' },
        { from: '0.8', part: '0.9' },
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
      { from: '0.8', rate: '0.12' },
      { from: '1', rate: '0.15' },
      { from: '1.2', rate: '0.18' },
    ],
  },
});
const points = scheme.salary.points!;

const done = (contacts: number, soldRoubles: bigint): Performance => ({
  actions: { contacts, meetings: 32, proposals: 25 },
  soldKopecks: soldRoubles * 100n,
  planKopecks: null,
  teamAttainment: null,
  quality: null,
  advanceKopecks: 0n,
  extras: {},
});

test.each([
  [105, 200_000n, 890, 5_000_000n],
  [104, 200_000n, 889, 4_800_000n],
  [105, 199_999n, 890, 4_399_988n],
])('%d contacts and %d sold', (contacts, sold, expectedPoints, total) => {
  const earnings = earningsOf(scheme, done(contacts, sold));
  expect(earnings.score?.points.toString()).toBe(String(expectedPoints));
  expect(earnings.totalKopecks).toBe(total);
});

const tiers = [
  { from: '0', rate: '0.10' },
  { from: '0.8', rate: '0.15' },
  { from: '1', rate: '0.20' },
];
test.each([
  [150_000n, 15_000n, 15_000n],
  [160_000n, 16_000n, 24_000n],
  [200_000n, 22_000n, 40_000n],
])('%d of a quota of 200 000: %d by tier, %d back to the first rouble', (sold, marginal, cliff) => {
  const paid = (mode: 'marginal' | 'cliff') =>
    commissionOf({ counted: 'won', quota: 'plan', mode, tiers }, sold * 100n, 20_000_000n).exact.round();
  expect([paid('marginal'), paid('cliff')]).toEqual([marginal * 100n, cliff * 100n]);
});

test('an indicator brings no more than its cap and its largest share', () => {
  const capped = {
    ...points,
    indicators: [
      { indicator: 'contacts', weight: 1, periodCap: 100 },
      { indicator: 'proposals', weight: 25, largestShare: '0.5' },
    ],
  };
  const score = scoreOf(capped, { contacts: 300, proposals: 25, unknown: 7 });
  expect(score.indicators.map((each) => each.points.toString())).toEqual(['100', '445']);
});

test('the distance to the next threshold is whole points, and none at the top', () => {
  expect(nextThreshold(points, Rational.of(889))).toEqual({ missing: 1n, from: Rational.one, part: Rational.one });
  expect(nextThreshold(points, Rational.of(700))?.missing).toBe(12n);
  expect(nextThreshold(points, Rational.of(890))).toBeNull();
});

test('the threshold that is reached is the highest bound not above, and none below the first', () => {
  const reached = (ratio: Rational, table = points.table) => reachedThreshold({ ...points, table }, ratio)?.toString();
  expect(
    [Rational.of(0), Rational.of(4, 5), Rational.of(889, 890), Rational.of(3)].map((ratio) => reached(ratio)),
  ).toEqual(['0', '4/5', '4/5', '1']);
  expect(reached(Rational.of(1, 2), points.table.slice(2))).toBeUndefined();
});

test('linear between the bounds', () => {
  const linear = { ...points, shape: 'linear' as const };
  expect(salaryPart(linear, Rational.of(9, 10)).toString()).toBe('19/20');
  expect(salaryPart(linear, Rational.of(3)).toString()).toBe('1');
});

test('extras, the bonus of the team, a cap, and an advance that is earned back', () => {
  const rich: MotivationScheme = {
    ...scheme,
    spiffs: [{ id: 'launch', indicator: 'proposals', amount: '500.00', from: '2026-03-01', to: '2026-03-10' }],
    teamBonus: { amount: '3000.00', from: '1' },
    cap: '52000.00',
    draw: { amount: '30000.00', recoverable: true },
  };
  const month = earningsOf(rich, {
    ...done(105, 200_000n),
    extras: { launch: 2 },
    teamAttainment: Rational.one,
    advanceKopecks: 500_000n,
  });
  expect(month.lines.map(({ kind, kopecks }) => [kind, kopecks])).toEqual([
    ['salary', 2_000_000n],
    ['commission', 3_000_000n],
    ['spiff', 100_000n],
    ['team-bonus', 300_000n],
    ['cap', -200_000n],
    ['advance-recovery', -500_000n],
  ]);
  expect([month.totalKopecks, month.advanceKopecks]).toEqual([4_700_000n, 0n]);
  const poor = earningsOf(rich, { ...done(0, 0n), actions: {} });
  expect(poor.lines.at(-1)).toMatchObject({ kind: 'advance', kopecks: 2_000_000n });
  expect([poor.totalKopecks, poor.advanceKopecks]).toEqual([3_000_000n, 2_000_000n]);
});

test('quality is a condition of earning within its bounds, and without evidence it changes nothing', () => {
  const bounded: MotivationScheme = { ...scheme, quality: { appliesTo: 'commission', least: '0.9', most: '1.05' } };
  const total = (quality: Rational | null) => earningsOf(bounded, { ...done(105, 200_000n), quality }).totalKopecks;
  expect(total(null)).toBe(5_000_000n);
  expect(total(Rational.of(95, 100))).toBe(4_850_000n);
  expect(total(Rational.of(1, 2))).toBe(4_700_000n);
  expect(total(Rational.of(2))).toBe(5_150_000n);
});

test('a scheme that goes by the plan refuses to pay without one', () => {
  const byPlan: MotivationScheme = { ...scheme, commission: { ...scheme.commission!, quota: 'plan' } };
  expect(() => earningsOf(byPlan, done(105, 200_000n))).toThrow(RangeError);
  expect(earningsOf(byPlan, { ...done(105, 200_000n), planKopecks: 20_000_000n }).totalKopecks).toBe(5_000_000n);
});

test('more actions or more sold never earn less by tables that only rise', () => {
  fc.assert(
    fc.property(
      fc.nat(300),
      fc.nat(30),
      fc.bigInt(0n, 500_000n),
      fc.bigInt(0n, 50_000n),
      fc.constantFrom('marginal' as const, 'cliff' as const),
      (contacts, more, sold, moreSold, mode) => {
        const rising = { ...scheme, commission: { ...scheme.commission!, mode } };
        const before = earningsOf(rising, done(contacts, sold)).totalKopecks;
        expect(earningsOf(rising, done(contacts + more, sold + moreSold)).totalKopecks).toBeGreaterThanOrEqual(before);
      },
    ),
  );
});

test.each([
  [0n, '16000000', '3/20'],
  [15_999_999n, '1', '3/20'],
  [16_000_000n, '4000000', '1/5'],
  [20_000_000n, null, null],
])('from %s kopecks the next tier is %s away', (sold, missing, rate) => {
  const tiers = [
    { from: '0', rate: '0.10' },
    { from: '0.8', rate: '0.15' },
    { from: '1', rate: '0.20' },
  ];
  const next = nextTier({ counted: 'won', quota: '200000.00', mode: 'cliff', tiers }, sold, 20_000_000n);
  expect([next?.missingKopecks.toString() ?? null, next?.rate.toString() ?? null]).toEqual([missing, rate]);
});
