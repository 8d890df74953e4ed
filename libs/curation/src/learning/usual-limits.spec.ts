import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ObservedDeal, usualLimits, usualSilences } from './usual-limits.js';

const stays = (stage: string, days: readonly number[], isOver = true): ObservedDeal[] =>
  days.map((each) => ({ stays: [{ stage, days: each, isOver }], won: null }));
const won = (pipeline: string, amounts: readonly number[], currency = 'RUB'): ObservedDeal[] =>
  amounts.map((amount) => ({ stays: [], won: { pipeline, currency, amount } }));
const upTo = (count: number): number[] => Array.from({ length: count }, (_none, index) => index + 1);

test('usual is by when four of five had left the stage', () => {
  expect(usualLimits(stays('OFFER', upTo(20))).stages).toEqual([{ stage: 'OFFER', days: 16, stays: 20 }]);
});

test('stays that go on say that some last longer', () => {
  const deals = [...stays('OFFER', upTo(20)), ...stays('OFFER', Array<number>(10).fill(12), false)];
  // At 12 days 12 of 30 had left; of the 8 that are left, each takes an eighth of what remains: 0.6 · 2⁄8 < 0.2.
  expect(usualLimits(deals).stages).toEqual([{ stage: 'OFFER', days: 18, stays: 20 }]);
});

test('too few, or none that ended, are not usual', () => {
  expect(usualLimits(stays('OFFER', upTo(19)))).toEqual({ stages: [], amounts: [] });
  // One of 220 had left after a day, when the young ones are seen no longer: 219⁄220 · 3⁄19 < 0.2 < 219⁄220 · 4⁄19.
  const young = stays('OFFER', Array<number>(200).fill(1), false);
  expect(usualLimits([...stays('OFFER', upTo(20)), ...young]).stages).toEqual([
    { stage: 'OFFER', days: 17, stays: 20 },
  ]);
  const endless = [...stays('OFFER', Array<number>(20).fill(2)), ...stays('OFFER', Array<number>(60).fill(9), false)];
  expect(usualLimits(endless).stages).toEqual([]);
});

test('odd is five times what 95 of 100 stay below, by pipeline and currency', () => {
  const deals = [
    ...won('deal:0', upTo(100)),
    ...won('deal:0', upTo(20), 'USD'),
    ...won('deal:5', upTo(19)),
    ...won('deal:0', [0, -4]),
  ];
  expect(usualLimits(deals).amounts).toEqual([
    { pipeline: 'deal:0', currency: 'RUB', limit: 475, deals: 100 },
    { pipeline: 'deal:0', currency: 'USD', limit: 95, deals: 20 },
  ]);
});

test('the order of deals says nothing, and a limit is the length of a stay', () => {
  const observed = fc.record({
    stage: fc.constantFrom('A', 'B'),
    days: fc.integer({ min: 0, max: 60 }),
    isOver: fc.boolean(),
    amount: fc.integer({ min: 0, max: 10_000 }),
  });
  fc.assert(
    fc.property(fc.array(observed, { maxLength: 200 }), (all) => {
      const deals: ObservedDeal[] = all.map(({ stage, days, isOver, amount }) => ({
        stays: [{ stage, days, isOver }],
        won: isOver ? { pipeline: 'deal:0', currency: 'RUB', amount } : null,
      }));
      const usual = usualLimits(deals);
      expect(usualLimits(deals.toReversed())).toEqual(usual);
      for (const { stage, days } of usual.stages) {
        expect(all.some((each) => each.isOver && each.stage === stage && each.days === days)).toBe(true);
      }
    }),
  );
});

test('a channel may be silent for twice what 99 of a hundred silences stay within, and for half a day', () => {
  const silences = new Map([
    ['calls', Array<number>(40).fill(0.5)],
    ['WEB', [...Array<number>(98).fill(1), 5.2, 30]],
    ['mail', upTo(20).map((hours) => hours / 2)],
    ['EXPO', Array<number>(19).fill(100)],
  ]);
  expect(usualSilences(silences)).toEqual([
    { channel: 'WEB', hours: 11, silences: 100 },
    { channel: 'calls', hours: 4, silences: 40 },
    { channel: 'mail', hours: 20, silences: 20 },
  ]);
});

test('no channel is held to less than it was ever known to keep, unless it broke off once in a hundred', () => {
  const hours = fc.double({ min: 0, max: 500, noNaN: true });
  fc.assert(
    fc.property(fc.array(hours, { minLength: 20, maxLength: 99 }), (each) => {
      const [limit] = usualSilences(new Map([['WEB', each]]));
      expect(limit?.hours).toBeGreaterThanOrEqual(2 * Math.max(...each));
    }),
  );
});
