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
  UNREACHABLE: 'problem.UNREACHABLE',
  UNREADABLE_ANSWER: 'problem.UNREADABLE_ANSWER',
};

/** The sentence to show for a code of the API or of a failed connection; `fallback` where we have none. */
export function sentenceFor(code: string | null, fallback: string | null, t: Translate): string {
  const key = code === null ? undefined : sentences[code];
  if (key !== undefined) return t(key);
  return fallback !== null && fallback !== '' ? fallback : t('problem.UNKNOWN');
}

/** What a person is told about a failure. */
export function describeProblem(error: unknown, t: Translate) {
  if (error instanceof ApiProblem) {
    return { sentence: sentenceFor(error.code, error.detail, t), errorId: error.errorId, fields: error.fields };
  }
  return { sentence: t('problem.UNKNOWN'), errorId: null, fields: [] };
}
