import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { curatorScore, type CuratorWork } from './curator-score.js';

const usual: CuratorWork = {
  accountId: 'a',
  deadlines: { n: 40, kept: 36 },
  verdicts: { n: 50, overturned: 5 },
  doubleReviews: { n: 20, alike: 18 },
  feedback: { n: 10, repeated: 2 },
};

test('deadlines × precision × agreement × effect', () => {
  const { sla, precision, agreement, effect, score } = curatorScore(usual);
  expect([sla.value, precision.value, agreement.value, effect.value]).toEqual([0.9, 0.9, expect.closeTo(0.8), 0.8]);
  expect(score).toBeCloseTo(0.9 * 0.9 * 0.8 * 0.8, 12);
});

test('too little to go by is no evidence, and so has no effect', () => {
  const none = { n: 0, kept: 0, overturned: 0, alike: 0, repeated: 0 };
  const idle = curatorScore({ accountId: 'a', deadlines: none, verdicts: none, doubleReviews: none, feedback: none });
  expect(idle.score).toBe(1);
  expect(idle.precision).toEqual({ n: 0, measured: null, value: 1, isNeutral: true });
  const few = curatorScore({ ...usual, verdicts: { n: 4, overturned: 4 } });
  expect(few.precision).toEqual({ n: 4, measured: 0, value: 1, isNeutral: true });
  expect(curatorScore({ ...usual, verdicts: { n: 5, overturned: 5 } }).score).toBe(0);
});

test('agreement worse than chance counts as none, not as less', () => {
  expect(curatorScore({ ...usual, doubleReviews: { n: 20, alike: 3 } }).agreement.value).toBe(0);
});

const share = fc.integer({ min: 5, max: 400 }).chain((n) => fc.tuple(fc.constant(n), fc.nat(n)));
const work = fc.tuple(share, share, share, share).map(([one, two, three, four]) => ({
  accountId: 'a',
  deadlines: { n: one[0], kept: one[1] },
  verdicts: { n: two[0], overturned: two[1] },
  doubleReviews: { n: three[0], alike: three[1] },
  feedback: { n: four[0], repeated: four[1] },
}));

test('every factor and the score lie in [0, 1]', () => {
  fc.assert(
    fc.property(work, (told) => {
      const { sla, precision, agreement, effect, score } = curatorScore(told);
      for (const value of [sla.value, precision.value, agreement.value, effect.value, score]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('whoever does better in one thing, all else alike, never scores less', () => {
  fc.assert(
    fc.property(work, (told) => {
      const { deadlines, verdicts, doubleReviews, feedback } = told;
      const better: CuratorWork[] = [
        { ...told, deadlines: { ...deadlines, kept: Math.min(deadlines.n, deadlines.kept + 1) } },
        { ...told, verdicts: { ...verdicts, overturned: Math.max(0, verdicts.overturned - 1) } },
        { ...told, doubleReviews: { ...doubleReviews, alike: Math.min(doubleReviews.n, doubleReviews.alike + 1) } },
        { ...told, feedback: { ...feedback, repeated: Math.max(0, feedback.repeated - 1) } },
      ];
      for (const one of better) expect(curatorScore(one).score).toBeGreaterThanOrEqual(curatorScore(told).score);
    }),
  );
});

test('more of the same work changes nothing but the numbers it rests on', () => {
  fc.assert(
    fc.property(work, fc.integer({ min: 2, max: 50 }), (told, times) => {
      const many = (counts: Record<string, number>) =>
        Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, value * times])) as never;
      const { accountId, deadlines, verdicts, doubleReviews, feedback } = told;
      const repeated = curatorScore({
        accountId,
        deadlines: many(deadlines),
        verdicts: many(verdicts),
        doubleReviews: many(doubleReviews),
        feedback: many(feedback),
      });
      const once = curatorScore(told);
      expect(repeated.score).toBeCloseTo(once.score, 12);
      for (const part of ['sla', 'precision', 'agreement', 'effect'] as const) {
        expect(repeated[part].n).toBe(once[part].n * times);
        expect(repeated[part].value).toBeCloseTo(once[part].value, 12);
      }
    }),
  );
});
