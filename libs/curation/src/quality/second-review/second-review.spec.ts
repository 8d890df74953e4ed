import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  curator,
  drawn,
  headOfSales,
  noon,
  opened,
  ToldCase,
  undrawn,
  verdict,
} from '../../cases/case.spec-fixture.js';
import type { CaseCommand } from '../../cases/decide-case.js';
import { lotOf } from '../draw.js';
import { awaitsReviewBy, reviewOfferedDays } from './second-review.js';

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;
const feedback: CaseCommand = { type: 'RequestFeedback', messageId: 'm', channel: 'task', to: '4' };
const review = (given: 'real' | 'acceptable' | 'false'): CaseCommand => ({ type: 'ReviewBlindly', verdict: given });
const trainee = curator('trainee', { isInTraining: true });

function decided(given: 'real' | 'acceptable' | 'false' = 'real'): ToldCase {
  const told = new ToldCase(opened());
  told.handle(verdict(given), curator('a'), drawn);
  return told;
}

test('a drawn case waits for the verdict of another curator, and of nobody else', () => {
  const { state } = decided();
  if (!state) throw new Error('There is a case');
  expect(state.secondReview).toMatchObject({ reason: 'sample', of: 'a', state: 'pending' });
  expect(awaitsReviewBy(state, curator('b'), noon)).toBe(true);
  expect(awaitsReviewBy(state, curator('a'), noon)).toBe(false);
  expect(awaitsReviewBy(state, headOfSales, noon)).toBe(false);
  expect(awaitsReviewBy(state, curator('s', { userId: '4', ownUserIds: ['4'] }), noon)).toBe(false);
});

test('asking for more draws nothing, and neither does a shadow case', () => {
  expect(new ToldCase(opened()).handle(verdict('need-info'), curator('a'), drawn)).toHaveLength(1);
  expect(new ToldCase(opened({ mode: 'shadow' })).handle(verdict('real'), curator('a'), drawn)).toHaveLength(1);
});

test('until they have reviewed it, a reviewer is answered the same whatever the first verdict was', () => {
  const commands: CaseCommand[] = [
    verdict('real'),
    verdict('false'),
    { type: 'WithdrawVerdict' },
    { type: 'Wake' },
    { type: 'Assign', to: null },
    { type: 'Close' },
    { type: 'Reopen' },
    { type: 'Snooze', until: { kind: 'event' }, reason: 'later' },
    { type: 'DecideDispute', verdict: 'real' },
    feedback,
  ];
  for (const first of ['real', 'acceptable', 'false'] as const) {
    for (const command of commands) {
      expect(() => decided(first).handle(command, curator('b'))).toThrow(code('CASE_REVIEW_PENDING'));
    }
  }
});

test('the same person never gives both verdicts, nor reviews twice', () => {
  const told = decided();
  expect(() => told.handle(review('real'), curator('a'))).toThrow(code('CASE_SAME_REVIEWER'));
  expect(() => told.handle(review('real'), headOfSales)).toThrow(code('CASE_HEAD_ALONE'));
  expect(told.handle(review('real'), curator('b'))).toHaveLength(1);
  expect(told.handle(review('false'), curator('b'))).toEqual([]);
  expect(() => told.handle(review('real'), curator('c'))).toThrow(code('CASE_NOT_DRAWN'));
  expect(told.state?.secondReview?.state).toBe('confirmed');
});

test('nobody chooses what is reviewed: a case that was not drawn takes no second verdict', () => {
  const told = new ToldCase(opened());
  told.handle(verdict('real'), curator('a'), undrawn);
  expect(() => told.handle(review('real'), curator('b'))).toThrow(code('CASE_NOT_DRAWN'));
});

test('acceptable and false are both no breach', () => {
  const told = decided('acceptable');
  told.handle(review('false'), curator('b'));
  expect(told.state?.secondReview?.state).toBe('confirmed');
  const other = decided('acceptable');
  other.handle(review('real'), curator('b'));
  expect(other.state?.secondReview?.state).toBe('contradicted');
});

test('a second verdict changes nothing of the first', () => {
  const told = decided();
  told.handle(review('false'), curator('b'));
  expect(told.state).toMatchObject({ verdict: { verdict: 'real', by: 'a' }, status: 'waiting' });
});

test('a drawn case is kept from nobody for longer than it is offered', () => {
  const { state } = decided();
  if (!state) throw new Error('There is a case');
  const end = noon + reviewOfferedDays * 86_400_000;
  expect(awaitsReviewBy(state, curator('b'), end - 1)).toBe(true);
  expect(awaitsReviewBy(state, curator('b'), end)).toBe(false);
});

test.each([
  ['it is void', { type: 'CaseVoided', data: { startAt: '2026-03-02T07:00:00.000Z', reason: 'deleted', at: '' } }],
  ['it is merged', { type: 'CaseMerged', data: { into: 'x', by: 'a' } }],
  ['it is disputed', { type: 'CaseAnswered', data: { answer: 'disagree', by: '4', messageId: null } }],
  ['the verdict is taken back', { type: 'VerdictWithdrawn', data: { by: 'a' } }],
  ['more is asked for', { type: 'VerdictGiven', data: { verdict: 'need-info', by: 'a', seconds: null, template: '' } }],
] as const)('a case is no longer offered once %s', (_why, event) => {
  const { state } = decided().tell(event);
  if (!state) throw new Error('There is a case');
  expect(awaitsReviewBy(state, curator('b'), noon)).toBe(false);
});

test('feedback on a verdict given in training waits for a calibrated reviewer who bears it out', () => {
  const told = new ToldCase(opened());
  told.handle(verdict('real'), trainee, undrawn);
  expect(told.state?.secondReview).toMatchObject({ reason: 'training', state: 'pending' });
  expect(() => told.handle(feedback, trainee)).toThrow(code('CASE_IN_TRAINING'));
  expect(() => told.handle(feedback, headOfSales)).toThrow(code('CASE_IN_TRAINING'));
  expect(() => told.handle(review('real'), curator('other', { isInTraining: true }))).toThrow(code('CASE_NOT_DRAWN'));
  told.handle(review('real'), curator('b'));
  expect(told.handle(feedback, trainee)).toHaveLength(1);
});

test('a contradicted verdict of somebody in training is not sent; a colleague’s verdict is', () => {
  const told = new ToldCase(opened());
  told.handle(verdict('real'), trainee);
  told.handle(review('false'), curator('b'));
  expect(() => told.handle(feedback, trainee)).toThrow(code('CASE_IN_TRAINING'));
  told.handle(verdict('real'), curator('c'));
  expect(told.handle(feedback, curator('c'))).toHaveLength(1);
});

test('a case in training stays open to review however long it takes', () => {
  const told = new ToldCase(opened());
  told.handle(verdict('real'), trainee);
  if (!told.state) throw new Error('There is a case');
  expect(awaitsReviewBy(told.state, curator('b'), noon + 400 * 86_400_000)).toBe(true);
});

test('the draw is even, the same each time, and unlike for another key', () => {
  const [one, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const ids = Array.from({ length: 5_000 }, (_, index) => String(index));
  const shareOf = (key: Buffer) => ids.filter((id) => lotOf(key, 'second-review', id) < 0.07).length / ids.length;
  for (const key of [one, other]) {
    expect(shareOf(key)).toBeGreaterThan(0.06);
    expect(shareOf(key)).toBeLessThan(0.08);
  }
  const picked = (key: Buffer) => ids.filter((id) => lotOf(key, 'second-review', id) < 0.07).join();
  expect(picked(one)).toBe(picked(one));
  expect(picked(one)).not.toBe(picked(other));
});

test('whatever is done, nobody gives the first and the second verdict, and nothing in training is sent unconfirmed', () => {
  const people = [curator('a'), curator('b'), trainee, headOfSales];
  const commands: CaseCommand[] = [
    ...(['real', 'acceptable', 'false', 'need-info'] as const).map(verdict),
    ...(['real', 'false'] as const).map(review),
    { type: 'WithdrawVerdict' },
    { type: 'Close' },
    { type: 'Reopen' },
    feedback,
  ];
  const step = fc.tuple(fc.constantFrom(...people), fc.constantFrom(...commands));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
      const told = new ToldCase(opened());
      for (const [who, command] of steps) {
        const before = told.state;
        try {
          const events = told.handle(command, who, drawn);
          if (events.some(({ type }) => type === 'BlindReviewed')) {
            expect(before?.verdictBy).not.toContain(who.accountId);
            expect(who.isHead).toBe(false);
          }
          if (!events.some(({ type }) => type === 'FeedbackRequested')) continue;
          const { verdict: stands, secondReview } = before ?? {};
          const isTheirs = stands?.by === 'trainee' && stands.verdict !== 'need-info';
          if (isTheirs || (who === trainee && (stands?.by ?? 'trainee') === 'trainee')) {
            expect(secondReview?.state).toBe('confirmed');
          }
        } catch (error) {
          if (!(error instanceof Error && 'code' in error)) throw error;
        }
      }
    }),
    { numRuns: 300 },
  );
});
