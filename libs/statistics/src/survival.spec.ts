import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Followed, medianTime, quantileTime, survivalOf } from './survival.js';

type Cause = 'won' | 'lost';
const letters: Record<string, Cause | null> = { W: 'won', L: 'lost', O: null };
const deals = (text: string): Followed<Cause>[] =>
  text.split(' ').map((each) => ({ time: Number.parseInt(each, 10), cause: letters[each.slice(-1)] ?? null }));

test('ten deals, open ones among them', () => {
  const steps = survivalOf(['won', 'lost'], deals('2W 3L 4O 5W 6L 8O 9W 12O 15L 20O'));
  expect(steps.map(({ time, survival }) => [time, Number(survival.toFixed(4))])).toEqual([
    [2, 0.9],
    [3, 0.8],
    [5, 0.6857],
    [6, 0.5714],
    [9, 0.4286],
    [15, 0.2143],
  ]);
  expect(steps.find(({ time }) => time === 9)?.incidence.won).toBeCloseTo(0.3571, 4);
  expect(steps.at(-1)?.incidence.lost).toBeCloseTo(0.4286, 4);
  expect(medianTime(steps)).toBe(9);
});

test('taking the lost ones for merely open overstates what is won', () => {
  const objects = deals('2W 3L 4O 5W 6L 8O 9W 12O 15L 20O');
  const wonAlone = survivalOf(
    ['won'],
    objects.map(({ time, cause }) => ({ time, cause: cause === 'won' ? cause : null })),
  );
  expect(1 - (wonAlone.at(-1)?.survival ?? 1)).toBeCloseTo(0.4214, 4);
});

test('half that never ends has no median, and nobody has no steps', () => {
  expect(medianTime(survivalOf(['won'], deals('1W 5O 5O')))).toBeNull();
  expect(survivalOf(['won'], [])).toEqual([]);
  expect(() => survivalOf(['won'], [{ time: -1, cause: 'won' }])).toThrow(RangeError);
});

test('whoever has not ended and whoever has, by cause, are all there are, at any time', () => {
  const object = fc.record({
    time: fc.integer({ min: 0, max: 40 }),
    cause: fc.constantFrom<Cause | null>('won', 'lost', null),
  });
  fc.assert(
    fc.property(fc.array(object, { maxLength: 60 }), (objects) => {
      let before = 1;
      for (const { survival, incidence } of survivalOf(['won', 'lost'], objects)) {
        expect(survival + incidence.won + incidence.lost).toBeCloseTo(1, 9);
        expect(survival).toBeLessThanOrEqual(before);
        before = survival;
      }
    }),
  );
});

test('without anybody left out it is what was counted', () => {
  const times = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(times, (all) => {
      for (const { time, survival } of survivalOf(
        ['won'],
        all.map((each) => ({ time: each, cause: 'won' as const })),
      )) {
        expect(survival).toBeCloseTo(all.filter((each) => each > time).length / all.length, 9);
      }
    }),
  );
});

test('a share has ended at the first time at which no more than the rest goes on', () => {
  const steps = survivalOf(['won', 'lost'], deals('2W 3L 4O 5W 6L 8O 9W 12O 15L 20O'));
  expect([0.1, 0.2, 0.5, 0.78, 0.79].map((share) => quantileTime(steps, share))).toEqual([2, 3, 9, 15, null]);
  const five = survivalOf(['won'], deals('1W 2W 3W 4W 5W'));
  expect(quantileTime(five, 0.8)).toBe(4);
});
