import { Rejection } from '@funnelwatch/kernel';
import { sentenceOf } from './failure-sentences.js';

export const bitrixFailureCodes = [
  'UNREACHABLE',
  'ADDRESS_NOT_ALLOWED',
  'TIMED_OUT',
  'NOT_JSON',
  'ANSWER_TOO_LARGE',
  'PORTAL_GONE',
  'PORTAL_MOVED',
  'WEBHOOK_INVALID',
  'SCOPE_MISSING',
  'PLAN_REQUIRED',
  'ACCESS_DENIED',
  'RATE_LIMITED',
  'METHOD_TIME_LIMITED',
  'OVERLOADED',
  'TOKEN_EXPIRED',
  'METHOD_UNKNOWN',
  'NOT_FOUND',
  'INVALID_ARGUMENT',
  'TEMPORARY',
  'UNKNOWN',
] as const;
export type BitrixFailureCode = (typeof bitrixFailureCodes)[number];

/**
 * Whether the same call may be made again: `later` after a pause, `when-reset` once the method's time limit lets it,
 * `never` until a person has changed something, `unknown-outcome` for a write that may have been applied: look first.
 */
export type Retry = 'now' | 'later' | 'when-reset' | 'never' | 'unknown-outcome';

export interface FailureDetails {
  host: string;
  method: string;
  /** HTTP status; null for a command inside a batch and where nothing was answered. */
  status: number | null;
  /** The portal's own error code, when it gave one. */
  portalCode: string | null;
  /** Distinguishes sentences of one code, for instance `certificate` for UNREACHABLE. */
  reason: string | null;
  scope: string | null;
  newHost: string | null;
}

/** A failed call in our words. The message is one sentence for a person; the webhook's code never appears. */
export class BitrixFailure extends Rejection {
  override readonly name = 'BitrixFailure';
  override readonly code: BitrixFailureCode;
  constructor(
    code: BitrixFailureCode,
    readonly retry: Retry,
    readonly failure: FailureDetails,
    cause?: unknown,
  ) {
    super(code, sentenceOf(code, failure, 'en'), { cause, details: { ...failure } });
    this.code = code;
  }

  /** What is wrong and what to do, in one or two sentences. */
  sentence(language: 'en' | 'ru'): string {
    return sentenceOf(this.code, this.failure, language);
  }
}
