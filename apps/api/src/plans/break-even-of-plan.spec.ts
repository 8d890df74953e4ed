import { expect, test } from '@jest/globals';
import { sellersScheme } from '../schemes/written-scheme.spec-fixture.js';
import { breakEvenOf } from './break-even-of-plan.js';
import { march } from './written-plan.spec-fixture.js';

const schemes = new Map(march.content.sellers.map(({ userId }) => [userId, sellersScheme]));
const told = (basis: 'revenue' | 'margin' | null, of = schemes) => {
  const found = breakEvenOf({ ...march.content, breakEven: { kopecks: '40000000', basis } }, of);
  return found && [found.variablePay.toString(), found.fixedKopecks, found.revenueKopecks, found.leftKopecks];
};

test('the break-even of the worked example, by what it was said to be of', () => {
  // 50 % of margin less 15 % of pay leave 35 % of revenue.
  expect(told('revenue')).toEqual(['3/20', 14_000_000n, 40_000_000n, 14_000_000n]);
  // 400 000 of margin is 800 000 of revenue: the plan is its own break-even.
  expect(told('margin')).toEqual(['3/20', 28_000_000n, 80_000_000n, 0n]);
  expect(told(null)).toBeNull();
});

test('another scheme is another break-even', () => {
  const commission = { ...sellersScheme.commission!, tiers: [{ from: '0', rate: '0.10' }] };
  const cheaper = new Map([...schemes.keys()].map((userId) => [userId, { ...sellersScheme, commission }]));
  expect(told('margin', cheaper)?.[0]).toBe('1/10');
  expect(told('margin', cheaper)?.[1]).toBe(32_000_000n);
  expect(told('revenue', new Map())?.[0]).toBe('0');
});
