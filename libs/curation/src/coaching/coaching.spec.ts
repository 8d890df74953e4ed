import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CoachingEvent } from './coaching-events.js';
import { type CoachingState, decideCoaching, evolveCoaching, followRepeats } from './coaching-state.js';
import { type Repeat, repeatsWorthCoaching } from './repeats.js';

const day = 86_400_000;
const cases = (...days: number[]): Repeat[] =>
  days.map((at, index) => ({ caseId: `c${index + 1}`, startAt: at * day }));
const idsOf = (repeats: readonly Repeat[]): string[] => repeats.map(({ caseId }) => caseId);

describe('repeats', () => {
  test.each([
    ['two are none', [1, 2], []],
    ['three on one day', [1, 1, 1], ['c1', 'c2', 'c3']],
    ['three within 30 days to the instant', [1, 10, 31], ['c1', 'c2', 'c3']],
    ['three within more', [1, 10, 31.001], []],
    ['those that are far from the others stay out', [1, 40, 50, 60, 200], ['c2', 'c3', 'c4']],
    ['two clusters are one coaching', [1, 2, 3, 100, 101, 102], ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']],
    ['a chain of windows', [1, 15, 29, 44], ['c1', 'c2', 'c3', 'c4']],
  ])('%s', (_says, days, expected) => {
    expect(idsOf(repeatsWorthCoaching(cases(...days)))).toEqual(expected);
  });

  test('in whatever order cases come to be known', () => {
    const drawn = fc.uniqueArray(fc.integer({ min: 0, max: 120 }), { maxLength: 12 });
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.nat()), (days, numbers) => {
        const known = cases(...days);
        const shuffled = known
          .map((one) => ({ one, place: Number(numbers.next().value) }))
          .sort((left, right) => left.place - right.place)
          .map(({ one }) => one);
        const counted = repeatsWorthCoaching(known);
        expect(repeatsWorthCoaching(shuffled)).toEqual(counted);
        // What counts stays so however much more becomes known.
        expect(idsOf(repeatsWorthCoaching([...known, { caseId: 'x', startAt: 60 * day }]))).toEqual(
          expect.arrayContaining(idsOf(counted)),
        );
      }),
    );
  });
});

describe('a coaching', () => {
  const found = (...caseIds: string[]) => ({
    ...{ coachingId: 'k1', person: '7', ruleId: 'L01', caseIds, since: '2026-03-05T09:00:00.000Z' },
  });
  const after = (...steps: (string[] | 'finish' | 'reopen')[]): { state: CoachingState | null; told: string[] } => {
    let state: CoachingState | null = null;
    const told: string[] = [];
    for (const step of steps) {
      const who = { accountId: 'anna', ownUserIds: ['1'] };
      const events: CoachingEvent[] = Array.isArray(step)
        ? followRepeats(state, found(...step))
        : decideCoaching(step, state, who);
      told.push(...events.map(({ type }) => type));
      for (const event of events) state = evolveCoaching(state, event);
    }
    return { state, told };
  };

  test('is opened once, takes in what follows, and is said again of nothing', () => {
    expect(after([], ['a', 'b', 'c'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd'])).toMatchObject({
      told: ['CoachingOpened', 'CoachingCasesChanged'],
      state: { status: 'open', caseIds: ['a', 'b', 'c', 'd'] },
    });
  });

  test('goes when its cases go, and comes back with them', () => {
    expect(after(['a', 'b', 'c'], [], [])).toMatchObject({
      told: ['CoachingOpened', 'CoachingWithdrawn'],
      state: { status: 'withdrawn', caseIds: [] },
    });
    expect(after(['a', 'b', 'c'], [], ['a', 'b', 'c']).state).toMatchObject({ status: 'open' });
  });

  test('done, it stays as it was; that can be taken back', () => {
    expect(after(['a', 'b', 'c'], 'finish', ['a', 'b', 'c', 'd'], [])).toMatchObject({
      told: ['CoachingOpened', 'CoachingDone'],
      state: { status: 'done', doneBy: 'anna', caseIds: ['a', 'b', 'c'] },
    });
    expect(after(['a', 'b', 'c'], 'finish', 'finish', 'reopen', 'reopen')).toMatchObject({
      told: ['CoachingOpened', 'CoachingDone', 'CoachingReopened'],
      state: { status: 'open', doneBy: null },
    });
  });

  test('nobody finishes one about their own work, or one that is not there', () => {
    const { state } = after(['a', 'b', 'c']);
    expect(() => decideCoaching('finish', state, { accountId: 'b', ownUserIds: ['7'] })).toThrow(
      expect.objectContaining({ code: 'COACHING_OWN' }),
    );
    expect(() => after('finish')).toThrow(expect.objectContaining({ code: 'COACHING_UNKNOWN' }));
    expect(() => after(['a', 'b', 'c'], [], 'finish')).toThrow(expect.objectContaining({ code: 'COACHING_OVER' }));
  });
});
