import type { MessageKey, Translate } from '../i18n/i18n.js';

/** A refusal of the API (RFC 9457) or a failure to reach it (`status` 0). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errorId: string | null,
    readonly fields: readonly { field: string; message: string }[],
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }
}

function textOf(body: object, name: string): string | null {
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function fieldsOf(body: object): { field: string; message: string }[] {
  const errors: unknown = Reflect.get(body, 'errors');
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const field = textOf(each, 'field');
    const message = textOf(each, 'message');
    return field === null || message === null ? [] : [{ field, message }];
  });
}

/** Reads a refusal from an answer's body, whatever stands in it (a proxy may answer with HTML). */
export function toProblem(status: number, body: unknown): ApiProblem {
  if (typeof body !== 'object' || body === null) return new ApiProblem(status, 'UNREADABLE_ANSWER', '', null, []);
  return new ApiProblem(
    status,
    textOf(body, 'code') ?? 'UNREADABLE_ANSWER',
    textOf(body, 'detail') ?? textOf(body, 'title') ?? '',
    textOf(body, 'errorId'),
    fieldsOf(body),
  );
}

/** Codes the console has a sentence of its own for, in both languages. */
const sentences: Readonly<Record<string, MessageKey>> = {
  SERVER_UNREACHABLE: 'problem.SERVER_UNREACHABLE',
  UNREADABLE_ANSWER: 'problem.UNREADABLE_ANSWER',
  PORTAL_UNKNOWN: 'problem.PORTAL_UNKNOWN',
  RECORD_UNKNOWN: 'problem.RECORD_UNKNOWN',
  FUNNEL_RECORD_UNKNOWN: 'problem.RECORD_UNKNOWN',
  FUNNEL_PIPELINE_UNKNOWN: 'problem.FUNNEL_PIPELINE_UNKNOWN',
  FUNNEL_STAGE_UNKNOWN: 'problem.FUNNEL_STAGE_UNKNOWN',
  INVALID_REQUEST: 'problem.INVALID_REQUEST',
  HOST_TAKEN: 'problem.HOST_TAKEN',
  WEBHOOK_URL_INVALID: 'problem.WEBHOOK_URL_INVALID',
  DATABASE_UNAVAILABLE: 'problem.DATABASE_UNAVAILABLE',
  INTERNAL: 'problem.INTERNAL',
  UNREACHABLE: 'problem.PORTAL_UNREACHABLE',
  TIMED_OUT: 'problem.TIMED_OUT',
  NOT_JSON: 'problem.NOT_JSON',
  PORTAL_GONE: 'problem.PORTAL_GONE',
  PORTAL_MOVED: 'problem.PORTAL_MOVED',
  WEBHOOK_INVALID: 'problem.WEBHOOK_INVALID',
  SCOPE_MISSING: 'problem.SCOPE_MISSING',
  PLAN_REQUIRED: 'problem.PLAN_REQUIRED',
  ACCESS_DENIED: 'problem.ACCESS_DENIED',
  RATE_LIMITED: 'problem.RATE_LIMITED',
  METHOD_TIME_LIMITED: 'problem.METHOD_TIME_LIMITED',
  OVERLOADED: 'problem.OVERLOADED',
  TOKEN_EXPIRED: 'problem.TOKEN_EXPIRED',
  TEMPORARY: 'problem.TEMPORARY',
};

/** The sentence to show for a code of the API or of a failed connection; `fallback` where we have none. */
export function sentenceFor(code: string | null, fallback: string | null, t: Translate): string {
  const key = code === null ? undefined : sentences[code];
  if (key !== undefined) return t(key);
  return fallback !== null && fallback !== '' ? fallback : t('problem.UNKNOWN');
}

/** What a person is told about a failure; `detail` is the API's own sentence where it says more than ours. */
export function describeProblem(error: unknown, t: Translate) {
  if (!(error instanceof ApiProblem))
    return { sentence: t('problem.UNKNOWN'), detail: null, errorId: null, fields: [] };
  const sentence = sentenceFor(error.code, error.detail, t);
  const detail = error.detail === '' || error.detail === sentence || error.code === 'INTERNAL' ? null : error.detail;
  return { sentence, detail, errorId: error.errorId, fields: error.fields };
}
