import { expect, test } from '@jest/globals';
import { lintScheme } from './lint-scheme.js';
import { type MotivationScheme, schemeSchema } from './scheme.js';

const known = new Set(['contacts', 'meetings', 'proposals']);
const scheme: MotivationScheme = schemeSchema.parse({
  name: 'Sellers',
  currency: 'RUB',
  salary: {
    amount: '20000.00',
    points: {
      target: 890,
      indicators: [
        { indicator: 'contacts', weight: 1, largestShare: '0.5' },
        { indicator: 'proposals', weight: 25, largestShare: '0.5' },
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
    quota: 'plan',
    mode: 'marginal',
    tiers: [
      { from: '0', rate: '0.10' },
      { from: '0.8', rate: '0.12' },
    ],
  },
});
const points = scheme.salary.points!;
const commission = scheme.commission!;

const found = (change: Partial<MotivationScheme>) =>
  lintScheme({ ...scheme, ...change }, known).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
const withPoints = (change: Partial<typeof points>) =>
  found({ salary: { ...scheme.salary, points: { ...points, ...change } } });
const withTiers = (tiers: typeof commission.tiers, mode: 'marginal' | 'cliff' = 'marginal') =>
  found({ commission: { ...commission, tiers, mode } });

test('a sound scheme has nothing to say about', () => {
  expect(found({})).toEqual([]);
});

test.each([
  [[{ from: '0.1', rate: '0.1' }], ['fault TABLE_STARTS_LATE commission.tiers.0.from']],
  [
    [
      { from: '0', rate: '0.1' },
      { from: '0.8', rate: '0.2' },
      { from: '0.8', rate: '0.3' },
    ],
    ['fault TABLE_NOT_ASCENDING commission.tiers.2.from'],
  ],
  [
    [
      { from: '0', rate: '0.2' },
      { from: '1', rate: '0.1' },
    ],
    ['fault TABLE_FALLS commission.tiers.1.rate'],
  ],
  [[{ from: '0', rate: '1.5' }], ['fault RATE_ABOVE_ONE commission.tiers.0.rate']],
])('tiers %j', (tiers, expected) => {
  expect(withTiers(tiers)).toEqual(expected);
});

test('a quota of nothing measures no sales', () => {
  expect(found({ commission: { ...commission, quota: '0.00' } })).toContain(
    'fault QUOTA_MEASURES_NOTHING commission.quota',
  );
  expect(found({ commission: { ...commission, quota: '0.01' } })).not.toContain(
    'fault QUOTA_MEASURES_NOTHING commission.quota',
  );
});

test('a cliff that is worth a tenth of what was earned up to it is steep, the same tier by tier is not', () => {
  const tiers = [
    { from: '0', rate: '0.10' },
    { from: '1', rate: '0.15' },
  ];
  expect(withTiers(tiers, 'cliff')).toEqual(['warning STEEP_STEP commission.tiers.1']);
  expect(withTiers(tiers)).toEqual([]);
  const gentle = [
    { from: '0', rate: '0.10' },
    { from: '1', rate: '0.11' },
  ];
  expect(withTiers(gentle, 'cliff')).toEqual([]);
});

test('indicators must be known, once, and none may bring most of it', () => {
  const weighted = (indicator: string, largestShare?: string) => ({
    indicator,
    weight: 5,
    ...(largestShare && { largestShare }),
  });
  const at = 'salary.points.indicators';
  expect(withPoints({ indicators: [weighted('dreams')] })).toEqual([`fault INDICATOR_UNKNOWN ${at}.0.indicator`]);
  expect(withPoints({ indicators: [weighted('contacts', '0.5'), weighted('contacts', '0.5')] })).toEqual([
    `fault INDICATOR_TWICE ${at}.1.indicator`,
  ]);
  expect(withPoints({ indicators: [weighted('contacts', '0.5'), weighted('proposals')] })).toEqual([
    `warning ONE_INDICATOR_DOMINATES ${at}.1.largestShare`,
  ]);
});

test('a target beyond all caps is out of reach', () => {
  const indicators = [{ indicator: 'contacts', weight: 2, periodCap: 100, largestShare: '0.5' }];
  expect(withPoints({ indicators })).toEqual(['fault TARGET_UNREACHABLE salary.points.target']);
});

test('extras have an id of their own, a known indicator and days in order', () => {
  const extra = { id: 'launch', indicator: 'contacts', amount: '100.00', from: '2026-03-02', to: '2026-03-01' };
  expect(found({ spiffs: [extra, { ...extra, indicator: 'dreams', to: '2026-03-05' }] })).toEqual([
    'fault EXTRA_ENDS_BEFORE_IT_BEGINS spiffs.0.to',
    'fault EXTRA_TWICE spiffs.1.id',
    'fault INDICATOR_UNKNOWN spiffs.1.indicator',
  ]);
});

test('a floor lies below the cap', () => {
  expect(found({ floor: '10000.00', cap: '9999.99' })).toEqual(['fault BOUNDS_CROSSED cap']);
  expect(found({ floor: '10000.00', cap: '10000.00' })).toEqual([]);
});

test('quality may lower a month’s pay by a fifth at most, and on the salary a person has to look', () => {
  const quality = (least: string, appliesTo: 'commission' | 'all' = 'commission') =>
    found({ quality: { appliesTo, least, most: '1.05' } });
  expect(quality('0.8')).toEqual([]);
  expect(quality('0.79')).toEqual(['warning QUALITY_LOWERS_TOO_MUCH quality.least']);
  expect(quality('0.9', 'all')).toEqual(['warning QUALITY_ON_SALARY quality.appliesTo']);
  expect(quality('1.1')).toEqual(['fault BOUNDS_CROSSED quality.most']);
});

test.each([
  { ...scheme, fine: '100.00' },
  { ...scheme, commission: { ...commission, tiers: [{ from: '0', rate: '-0.1' }] } },
  { ...scheme, salary: { ...scheme.salary, amount: '20000' } },
  { ...scheme, currency: 'rub' },
])('what is no scheme is refused: %#', (written) => {
  expect(schemeSchema.safeParse(written).success).toBe(false);
});
