import { expect, test } from '@jest/globals';
import { Rejection } from '@funnelwatch/kernel';
import fc from 'fast-check';
import { decideSaleShare, evolveSaleShare, type SaleShare, type SaleShareState, sharedKopecks } from './sale-share.js';

const half: SaleShare[] = [
  { userId: '4', share: '0.5' },
  { userId: '5', share: '0.5' },
];

test('the parts of an amount are the amount, whatever it is', () => {
  expect(sharedKopecks(10_001n, half)).toEqual([
    { userId: '4', kopecks: 5_001n },
    { userId: '5', kopecks: 5_000n },
  ]);
  const people = fc.integer({ min: 2, max: 10 }).chain((count) =>
    fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: count, maxLength: count }).map((weights) => {
      const sum = weights.reduce((all, each) => all + each, 0);
      const shares = weights.map((weight) => Math.floor((weight * 1000) / sum));
      shares[0] = (shares[0] ?? 0) + 1000 - shares.reduce((all, each) => all + each, 0);
      return shares.map((share, place) => ({ userId: String(place), share: (share / 1000).toFixed(3) }));
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), people, (kopecks, shares) => {
      const parts = sharedKopecks(kopecks, shares);
      expect(parts.reduce((sum, part) => sum + part.kopecks, 0n)).toBe(kopecks);
      const undone = sharedKopecks(-kopecks, shares);
      parts.forEach((part, place) => expect(undone[place]?.kopecks).toBe(-part.kopecks));
    }),
  );
});

test('a sale is shared whole between different people, and may be given back', () => {
  const decide = (shares: SaleShare[], state: SaleShareState = []) =>
    decideSaleShare({ about: 'deal:1', shares }, state, 'head');
  const state = decide(half).reduce(evolveSaleShare, [] as SaleShareState);
  expect(state).toEqual(half);
  expect(decide(half, state)).toEqual([]);
  expect(decide([], state).reduce(evolveSaleShare, state)).toEqual([]);
  for (const wrong of [
    [{ userId: '4', share: '1' }],
    [half[0]!, { userId: '5', share: '0.4' }],
    [half[0]!, { userId: '4', share: '0.5' }],
    [...half, { userId: '6', share: '0' }],
  ])
    expect(() => decide(wrong)).toThrow(Rejection);
});
