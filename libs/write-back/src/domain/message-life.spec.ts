import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  type AttemptLimits,
  decideAfterFailure,
  decideCancel,
  decideGate,
  type FailedAttempt,
  type GateFacts,
  isReleased,
  mayCancel,
  mayRetry,
} from './message-life.js';
import { messageStates, unset } from './message.js';

const now = new Date('2026-11-20T20:30:00Z');
const on = { ...unset('task'), isEnabled: true, capPerPersonDay: 2 };
const facts: GateFacts = { setting: on, sentToday: 0, recipient: 'active', now, zone: 'Europe/Moscow' };

describe('the gate', () => {
  test('is closed until somebody switches the channel on', () => {
    expect(decideGate({ ...facts, setting: unset('task') })).toEqual({
      verdict: 'hold',
      reason: 'CHANNEL_OFF',
      until: null,
    });
    expect(decideGate(facts)).toEqual({ verdict: 'send' });
    expect(decideGate({ ...facts, recipient: null })).toEqual({ verdict: 'send' });
  });

  test('holds what is beyond the cap until the next day of the portal', () => {
    expect(decideGate({ ...facts, sentToday: 1 })).toEqual({ verdict: 'send' });
    const held = { verdict: 'hold', reason: 'CAP_REACHED' };
    expect(decideGate({ ...facts, sentToday: 2 })).toEqual({ ...held, until: new Date('2026-11-20T21:00:00Z') });
    expect(decideGate({ ...facts, sentToday: 9, zone: 'Asia/Vladivostok' })).toEqual({
      ...held,
      until: new Date('2026-11-21T14:00:00Z'),
    });
  });

  test('refuses who cannot read it', () => {
    expect(decideGate({ ...facts, recipient: 'dismissed' })).toMatchObject({ reason: 'RECIPIENT_DISMISSED' });
    expect(decideGate({ ...facts, recipient: 'unknown', sentToday: 9 })).toMatchObject({ verdict: 'refuse' });
  });
});

const limits: AttemptLimits = { maxAttempts: 5, firstPauseMs: 1000, longestPauseMs: 6000, settleMs: 3000 };
const attempt: FailedAttempt = {
  code: 'TEMPORARY',
  retry: 'unknown-outcome',
  during: 'write',
  attempts: 1,
  isOutcomeUnknown: false,
  now,
  random: 1 - Number.EPSILON,
};
const after = (ms: number) => new Date(now.getTime() + ms);

describe('after a failure', () => {
  test('what may have been written is looked for once it has settled, not before', () => {
    expect(decideAfterFailure(attempt, limits)).toEqual({
      state: 'waiting',
      nextAttemptAt: after(3000),
      isOutcomeUnknown: true,
    });
    expect(decideAfterFailure({ ...attempt, attempts: 4 }, limits)).toMatchObject({ nextAttemptAt: after(6000) });
  });

  test('what was refused before it ran is tried again after a pause', () => {
    const refused = { ...attempt, code: 'RATE_LIMITED', retry: 'later' } as const;
    const expected = { state: 'waiting', nextAttemptAt: after(1000), isOutcomeUnknown: false };
    expect(decideAfterFailure(refused, limits)).toEqual(expected);
    expect(decideAfterFailure({ ...refused, attempts: 5 }, limits)).toEqual({
      state: 'failed',
      isOutcomeUnknown: false,
    });
  });

  test.each(['ACCESS_DENIED', 'SCOPE_MISSING', 'METHOD_UNKNOWN', 'NOT_FOUND', 'INVALID_ARGUMENT', 'UNKNOWN'])(
    '%s is a refusal, unless something may be there that cannot be looked for',
    (code) => {
      const refused = { ...attempt, code, retry: 'never' } as const;
      expect(decideAfterFailure(refused, limits)).toEqual({ state: 'refused', isOutcomeUnknown: false });
      const search = { ...refused, during: 'search', isOutcomeUnknown: true } as const;
      expect(decideAfterFailure(search, limits)).toEqual({ state: 'failed', isOutcomeUnknown: true });
    },
  );

  test('trouble of the portal as a whole is no fault of the message', () => {
    const gone = { ...attempt, code: 'WEBHOOK_INVALID', retry: 'never' } as const;
    expect(decideAfterFailure(gone, limits)).toMatchObject({ state: 'waiting', isOutcomeUnknown: false });
  });

  test('a search that fails does not forget that something may be there', () => {
    const search = { ...attempt, retry: 'later', during: 'search', isOutcomeUnknown: true } as const;
    expect(decideAfterFailure(search, limits)).toMatchObject({ state: 'waiting', isOutcomeUnknown: true });
    expect(decideAfterFailure({ ...search, attempts: 5 }, limits)).toEqual({ state: 'failed', isOutcomeUnknown: true });
  });

  test('after the last write it is still looked for', () => {
    expect(decideAfterFailure({ ...attempt, attempts: 5 }, limits)).toMatchObject({ state: 'waiting' });
    expect(decideAfterFailure({ ...attempt, attempts: 6 }, limits)).toMatchObject({ state: 'failed' });
  });

  test('a write of which nobody knows is never forgotten, and nothing is tried for ever', () => {
    const retries = ['now', 'later', 'when-reset', 'never', 'unknown-outcome'] as const;
    const codes = ['TEMPORARY', 'TIMED_OUT', 'ACCESS_DENIED', 'ANSWER_TOO_LARGE', 'PORTAL_GONE', 'NEW_CODE'];
    fc.assert(
      fc.property(
        fc.record({
          code: fc.constantFrom(...codes),
          retry: fc.constantFrom(...retries),
          during: fc.constantFrom('search' as const, 'write' as const),
          attempts: fc.integer({ min: 1, max: 9 }),
          isOutcomeUnknown: fc.boolean(),
          random: fc.double({ min: 0, max: 0.999, noNaN: true }),
        }),
        (given) => {
          const next = decideAfterFailure({ ...given, now }, limits);
          const mayHaveRun = given.retry === 'unknown-outcome' || given.code === 'ANSWER_TOO_LARGE';
          const mayBeThere = given.isOutcomeUnknown || (given.during === 'write' && mayHaveRun);
          expect(next.isOutcomeUnknown).toBe(mayBeThere);
          if (given.attempts > limits.maxAttempts) expect(next.state).not.toBe('waiting');
          if (next.state === 'waiting')
            expect(next.nextAttemptAt.getTime()).toBeGreaterThanOrEqual(after(500).getTime());
        },
      ),
    );
  });
});

describe('what a person may do', () => {
  test('undoing is in time as long as nothing can be in the portal', () => {
    const known = (state: (typeof messageStates)[number]) => decideCancel({ state, isOutcomeUnknown: false });
    expect(messageStates.map((state) => [state, known(state)])).toEqual([
      ['waiting', 'cancel'],
      ['held', 'cancel'],
      ['sending', 'too late'],
      ['sent', 'too late'],
      ['cancelled', 'cancelled already'],
      ['refused', 'cancel'],
      ['failed', 'cancel'],
    ]);
    expect(decideCancel({ state: 'waiting', isOutcomeUnknown: true })).toBe('too late');
    expect(decideCancel({ state: 'failed', isOutcomeUnknown: true })).toBe('too late');
  });

  test('cancelling is offered while something may still leave, and only then', () => {
    const offered = messageStates.filter((state) => mayCancel({ state, isOutcomeUnknown: false }));
    expect(offered).toEqual(['waiting', 'held']);
    expect(mayCancel({ state: 'waiting', isOutcomeUnknown: true })).toBe(false);
  });

  test('what did not go out may be sent again', () => {
    expect(messageStates.filter(mayRetry)).toEqual(['held', 'refused', 'failed']);
  });

  test('switching on lets go what is fresh', () => {
    expect(isReleased(after(-1000), now, 1000)).toBe(true);
    expect(isReleased(after(-1001), now, 1000)).toBe(false);
  });
});
