import { BadRequestException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { bitrixFailureCodes } from '@funnelwatch/bitrix24';
import { Rejection } from '@funnelwatch/kernel';
import { expect, test } from '@jest/globals';
import { InvalidRequest } from './invalid-request.js';
import { isProblemCode, problemKinds } from './problem-codes.js';
import { problemOfError } from './problem-of-error.js';

const withCode = (code: string) => Object.assign(new Error('secret detail'), { code });

test.each([
  ['a rejection', new Rejection('PORTAL_UNKNOWN', 'No portal.'), 404, 'PORTAL_UNKNOWN'],
  ['an unlisted rejection', new Rejection('SOMETHING_ODD', 'secret detail'), 500, 'INTERNAL'],
  ['a bug', new TypeError('secret detail'), 500, 'INTERNAL'],
  ['a wrong statement', withCode('42601'), 500, 'INTERNAL'],
  ['a text PostgreSQL refuses', withCode('22021'), 500, 'INTERNAL'],
  ['a database that is gone', withCode('ECONNREFUSED'), 503, 'DATABASE_UNAVAILABLE'],
  ['a statement that took too long', withCode('57014'), 503, 'DATABASE_UNAVAILABLE'],
  ['an unknown address', new NotFoundException('Cannot GET /secret'), 404, 'ROUTE_UNKNOWN'],
  ['a large body', new PayloadTooLargeException(), 413, 'BODY_TOO_LARGE'],
  ['an undecodable address', new BadRequestException('secret detail'), 400, 'INVALID_REQUEST'],
  [
    'a body that is no JSON',
    new BadRequestException('secret detail', {
      cause: Object.assign(new SyntaxError(), { type: 'entity.parse.failed' }),
    }),
    400,
    'BODY_NOT_JSON',
  ],
])('%s', (_title, error, status, code) => {
  const problem = problemOfError(error);
  expect(problem).toMatchObject({ status, code });
  expect(JSON.stringify(problem)).not.toContain('secret');
});

test('an invalid request names its fields', () => {
  const problem = problemOfError(new InvalidRequest([{ field: 'to', message: 'must be later than from' }]));
  expect(problem).toMatchObject({ status: 400, detail: 'to: must be later than from', errors: [{ field: 'to' }] });
});

test('every failure of a portal has a status', () => {
  expect(bitrixFailureCodes.filter((code) => !isProblemCode(code))).toEqual([]);
});

test('codes are words in capitals and statuses those of failures', () => {
  for (const [code, { status, title }] of Object.entries(problemKinds)) {
    expect(code).toMatch(/^[A-Z_]+$/);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(title).not.toBe('');
  }
});
