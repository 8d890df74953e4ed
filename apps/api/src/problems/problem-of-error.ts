import { HttpException } from '@nestjs/common';
import { RuleInvalid } from '@funnelwatch/curation';
import { Rejection } from '@funnelwatch/kernel';
import { isTransient } from '@funnelwatch/postgres';
import { InvalidRequest } from './invalid-request.js';
import type { Problem } from './problem.schema.js';
import { isProblemCode, type ProblemCode, problemKinds } from './problem-codes.js';

/** What an error looks like from outside. Unexpected ones show nothing but that they happened. */
export function problemOfError(error: unknown): Omit<Problem, 'instance' | 'errorId'> {
  if (error instanceof InvalidRequest) {
    return { ...problem('INVALID_REQUEST', error.message), errors: error.errors };
  }
  if (error instanceof RuleInvalid) return { ...problem('RULE_INVALID', error.message), faults: [...error.faults] };
  if (error instanceof Rejection && isProblemCode(error.code)) {
    return { ...problem(error.code, error.message), ...progressOf(error) };
  }
  if (isOfLeftPast(error)) {
    return problem('TIME_TRAVEL_PREPARING', 'What was known then made way for others. Ask again in a moment.');
  }
  const code = codeOfHttpError(error);
  if (code) return problem(code, sentences[code] ?? problemKinds[code].title);
  if (isTransient(error)) {
    return problem('DATABASE_UNAVAILABLE', 'The database does not answer at the moment. Try again in a few seconds.');
  }
  return problem('INTERNAL', 'Something unexpected happened. Look for the error id in the log of the API.');
}

function problem(code: ProblemCode, detail: string): Omit<Problem, 'instance' | 'errorId'> {
  const { status, title } = problemKinds[code];
  return { type: `urn:funnelwatch:problem:${code.toLowerCase().replaceAll('_', '-')}`, title, status, code, detail };
}

const sentences: Partial<Record<ProblemCode, string>> = {
  ROUTE_UNKNOWN: 'There is nothing at this address. The routes are listed at /docs.',
  BODY_NOT_JSON: 'The body cannot be read as JSON. Send one JSON object with the content type application/json.',
  BODY_TOO_LARGE: 'The body is larger than 100 kB. Send less at once.',
  BODY_UNSUPPORTED: 'The body is in an encoding the API does not read. Send plain UTF-8 JSON.',
  INVALID_REQUEST: 'The address or the body of the request cannot be decoded.',
};

function progressOf({ details }: Rejection): Pick<Problem, 'progress'> {
  const { done, total } = details;
  return typeof done === 'number' && typeof total === 'number' ? { progress: { done, total } } : {};
}

/** Views of a snapshot that was dropped between finding and asking it. */
function isOfLeftPast(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return (error.code === '42P01' || error.code === '3F000') && /\btravel_\d+/.test(error.message);
}

/** Errors of the HTTP layer (routing, body parser) carry a status; those of the database do not. */
function codeOfHttpError(error: unknown): ProblemCode | null {
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === null || status >= 500) return null;
  if (status === 404 || status === 405) return 'ROUTE_UNKNOWN';
  if (status === 413) return 'BODY_TOO_LARGE';
  if (status === 415) return 'BODY_UNSUPPORTED';
  return isParseFailure(error) ? 'BODY_NOT_JSON' : 'INVALID_REQUEST';
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('status' in error)) return null;
  return typeof error.status === 'number' && error.status >= 400 ? error.status : null;
}

function isParseFailure(error: unknown): boolean {
  if (error instanceof HttpException) return isParseFailure(error.cause);
  return typeof error === 'object' && error !== null && 'type' in error && error.type === 'entity.parse.failed';
}
