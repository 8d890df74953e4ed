import type { Channel, ChannelSetting, MessageState, RecipientState } from './message.js';
import { nextDayAfter } from './portal-day.js';
import type { OwnReason } from './reasons.js';

/** May a message go out? `hold` until an instant, or until a person changes something. */
export type Gate =
  | { verdict: 'send' }
  | { verdict: 'hold'; reason: OwnReason; until: Date | null }
  | { verdict: 'refuse'; reason: OwnReason };

export interface GateFacts {
  setting: ChannelSetting;
  /** Messages of the channel that went to the person today, or may have. */
  sentToday: number;
  /** Null while nobody has asked the portal. */
  recipient: RecipientState | null;
  now: Date;
  /** IANA zone of the portal. */
  zone: string;
}

/** Whether a message may go out now, and if not, why. */
export function decideGate({ setting, sentToday, recipient, now, zone }: GateFacts): Gate {
  if (!setting.isEnabled) return { verdict: 'hold', reason: 'CHANNEL_OFF', until: null };
  if (recipient === 'dismissed') return { verdict: 'refuse', reason: 'RECIPIENT_DISMISSED' };
  if (recipient === 'unknown') return { verdict: 'refuse', reason: 'RECIPIENT_UNKNOWN' };
  if (sentToday >= setting.capPerPersonDay) {
    return { verdict: 'hold', reason: 'CAP_REACHED', until: nextDayAfter(now, zone) };
  }
  return { verdict: 'send' };
}

export interface AttemptLimits {
  /** Attempts after which a message is given up. */
  maxAttempts: number;
  firstPauseMs: number;
  longestPauseMs: number;
  /** How long a request may still take effect in the portal after nobody waits for it any more. */
  settleMs: number;
}

export interface FailedAttempt {
  /** Of the portal's client. */
  code: string;
  retry: 'now' | 'later' | 'when-reset' | 'never' | 'unknown-outcome';
  /** `search`: nothing was written, it was looked for what an earlier attempt may have written. */
  during: 'search' | 'write';
  /** This one included. */
  attempts: number;
  /** Whether an earlier attempt may have been applied without our knowing. */
  isOutcomeUnknown: boolean;
  now: Date;
  /** In [0, 1): spreads the next attempts. */
  random: number;
}

export type AfterFailure =
  | { state: 'waiting'; nextAttemptAt: Date; isOutcomeUnknown: boolean }
  | { state: 'refused'; isOutcomeUnknown: false }
  | { state: 'failed'; isOutcomeUnknown: boolean };

/** What a portal says to this message alone: saying it again would change nothing. */
const REFUSALS = new Set([
  'ACCESS_DENIED',
  'SCOPE_MISSING',
  'METHOD_UNKNOWN',
  'NOT_FOUND',
  'INVALID_ARGUMENT',
  'UNKNOWN',
]);

/** What concerns the portal as a whole: no other message would get through now. */
const WHOLE_PORTAL = new Set([
  'UNREACHABLE',
  'ADDRESS_NOT_ALLOWED',
  'TIMED_OUT',
  'PORTAL_GONE',
  'PORTAL_MOVED',
  'WEBHOOK_INVALID',
  'PLAN_REQUIRED',
  'RATE_LIMITED',
  'OVERLOADED',
  'TOKEN_EXPIRED',
  'PORTAL_UNKNOWN',
  'CREDENTIALS_UNREADABLE',
]);

export const concernsWholePortal = (code: string): boolean => WHOLE_PORTAL.has(code);

/** What becomes of a message after an attempt that failed. */
export function decideAfterFailure(attempt: FailedAttempt, limits: AttemptLimits): AfterFailure {
  const { code, retry, during, attempts } = attempt;
  const mayHaveRun = retry === 'unknown-outcome' || code === 'ANSWER_TOO_LARGE';
  const isOutcomeUnknown = attempt.isOutcomeUnknown || (during === 'write' && mayHaveRun);
  const isRefusal = retry === 'never' && REFUSALS.has(code);
  if (isRefusal && !isOutcomeUnknown) return { state: 'refused', isOutcomeUnknown: false };
  // Where it cannot be looked for what may have been written, writing it again is up to a person.
  if (isRefusal) return { state: 'failed', isOutcomeUnknown };
  // After the last write there is still a search, which may find that it succeeded.
  const isLast =
    during === 'write' && isOutcomeUnknown ? attempts > limits.maxAttempts : attempts >= limits.maxAttempts;
  if (isLast) return { state: 'failed', isOutcomeUnknown };
  const pauseMs = pauseAfter(attempts, attempt.random, limits);
  const earliestMs = isOutcomeUnknown && during === 'write' ? limits.settleMs : 0;
  const nextAttemptAt = new Date(attempt.now.getTime() + Math.max(pauseMs, earliestMs));
  return { state: 'waiting', nextAttemptAt, isOutcomeUnknown };
}

/** Doubles with every attempt; between half and all of it, so that many messages do not march in step. */
function pauseAfter(attempts: number, random: number, limits: AttemptLimits): number {
  const longest = Math.min(limits.longestPauseMs, limits.firstPauseMs * 2 ** (attempts - 1));
  return longest * (0.5 + 0.5 * random);
}

/** A notification cannot be found again; written again it takes the place of the one with its tag. */
export const canBeFound = (channel: Channel): boolean => channel !== 'notification';

/** Whether a message that was looked for in vain may be written once more. */
export const mayWriteAgain = (attempts: number, limits: AttemptLimits): boolean => attempts < limits.maxAttempts;

interface Standing {
  state: MessageState;
  isOutcomeUnknown: boolean;
}

/** Undoing is in time as long as nothing can have reached the portal. */
export function decideCancel({ state, isOutcomeUnknown }: Standing): 'cancel' | 'cancelled already' | 'too late' {
  if (state === 'cancelled') return 'cancelled already';
  if (isOutcomeUnknown) return 'too late';
  return state === 'sending' || state === 'sent' ? 'too late' : 'cancel';
}

/** Whether a message that has not left can still be kept from leaving. */
export const mayCancel = (standing: Standing): boolean =>
  (standing.state === 'waiting' || standing.state === 'held') && decideCancel(standing) === 'cancel';

/** Whether a person may have it sent (again). */
export const mayRetry = (state: MessageState): boolean => state === 'held' || state === 'refused' || state === 'failed';

/**
 * Whether switching a channel on lets a message go that was held for it: an old one would tell people of what is long
 * past, all at once.
 */
export const isReleased = (createdAt: Date, now: Date, withinMs: number): boolean =>
  now.getTime() - createdAt.getTime() <= withinMs;
