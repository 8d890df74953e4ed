import { describe, expect, test } from '@jest/globals';
import { failureOfAnswer, failureOfError, failureOfTransport, scopeOf } from './classify.js';
import { type BitrixFailure, type BitrixFailureCode, bitrixFailureCodes, type Retry } from './failure.js';
import { sentenceOf } from './failure-sentences.js';

const read = { host: 'example.bitrix24.ru', method: 'crm.deal.list', idempotent: true };
const write = { host: 'example.bitrix24.ru', method: 'crm.deal.add', idempotent: false };

function answered(status: number, error: unknown, description = '', context = read): BitrixFailure {
  const body = { error, error_description: description };
  return failureOfAnswer({ status, location: null, body }, context) as BitrixFailure;
}

type Row = [status: number, error: string | number, description: string, code: BitrixFailureCode, retry: Retry];

const systemErrors: Row[] = [
  [503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests', 'RATE_LIMITED', 'later'],
  [429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.', 'METHOD_TIME_LIMITED', 'when-reset'],
  [503, 'OVERLOAD_LIMIT', 'REST API is blocked due to overload.', 'OVERLOADED', 'never'],
  [401, 'expired_token', 'The access token provided has expired.', 'TOKEN_EXPIRED', 'never'],
  [401, 'invalid_token', '', 'TOKEN_EXPIRED', 'never'],
  [401, 'NO_AUTH_FOUND', 'Wrong authorization data', 'WEBHOOK_INVALID', 'never'],
  [403, 'INVALID_CREDENTIALS', 'Invalid request credentials', 'WEBHOOK_INVALID', 'never'],
  [403, 'insufficient_scope', 'The request requires higher privileges', 'SCOPE_MISSING', 'never'],
  [403, 'ACCESS_DENIED', 'REST API is available only on commercial plans.', 'PLAN_REQUIRED', 'never'],
  [403, 'user_access_error', 'The user does not have access to the application.', 'ACCESS_DENIED', 'never'],
  [400, 'INVALID_REQUEST', 'Https required.', 'WEBHOOK_INVALID', 'never'],
  [405, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'Method is not allowed for batch usage', 'INVALID_ARGUMENT', 'never'],
  [400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded', 'INVALID_ARGUMENT', 'never'],
  [404, 'ERROR_MANIFEST_IS_NOT_AVAILABLE', 'Manifest is not available', 'METHOD_UNKNOWN', 'never'],
  [404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!', 'METHOD_UNKNOWN', 'never'],
  [500, 'INTERNAL_SERVER_ERROR', 'Internal server error', 'TEMPORARY', 'later'],
  [500, 'ERROR_UNEXPECTED_ANSWER', 'Server returned an unexpected response', 'TEMPORARY', 'later'],
  [500, 'PORTAL_DELETED', 'Portal was deleted', 'PORTAL_GONE', 'never'],
];

const furtherErrors: Row[] = [
  [401, 'METHOD_CONFIRM_WAITING', '', 'ACCESS_DENIED', 'never'],
  [403, 'METHOD_CONFIRM_DENIED', '', 'ACCESS_DENIED', 'never'],
  [403, 'WRONG_AUTH_TYPE', '', 'ACCESS_DENIED', 'never'],
  [403, 'allowed_only_intranet_user', '', 'ACCESS_DENIED', 'never'],
  [401, 'authorization_error', '', 'WEBHOOK_INVALID', 'never'],
  [400, 'ERROR_CORE', 'Internal error', 'TEMPORARY', 'later'],
  [400, 'ERROR_ARGUMENT', '', 'INVALID_ARGUMENT', 'never'],
  [400, 'ERROR_NOT_FOUND', '', 'NOT_FOUND', 'never'],
  [400, 'NOT_FOUND', 'Элемент не найден', 'NOT_FOUND', 'never'],
  [400, 'INVALID_ARG_VALUE', '', 'INVALID_ARGUMENT', 'never'],
  [400, 'ACCESS_DENIED', 'Доступ запрещён', 'ACCESS_DENIED', 'never'],
  [400, 'ACCESS_DENIED', 'Application context required', 'ACCESS_DENIED', 'never'],
  [400, 'ENTITY_TYPE_NOT_SUPPORTED', '', 'METHOD_UNKNOWN', 'never'],
  [400, 'CREATE_DYNAMIC_ITEM_RESTRICTED', '', 'PLAN_REQUIRED', 'never'],
  [400, '', 'Not found', 'NOT_FOUND', 'never'],
  [400, '', 'Not found.', 'NOT_FOUND', 'never'],
  [400, '', 'Access denied.', 'ACCESS_DENIED', 'never'],
  [400, '', 'ID is not defined or invalid.', 'INVALID_ARGUMENT', 'never'],
  [400, '', "Parameter 'filter' must be array.", 'INVALID_ARGUMENT', 'never'],
  [400, 100, 'Could not find value for parameter {id}', 'INVALID_ARGUMENT', 'never'],
  [400, '100', '', 'INVALID_ARGUMENT', 'never'],
  [400, 0, 'The 31 entity is not supported', 'METHOD_UNKNOWN', 'never'],
  [400, 'Invalid parameters.', '', 'INVALID_ARGUMENT', 'never'],
  [400, 'Communication type is not defined', '', 'UNKNOWN', 'never'],
  [400, 'SOMETHING_NEW', '', 'UNKNOWN', 'never'],
  [502, 'SOMETHING_NEW', '', 'TEMPORARY', 'later'],
];

test.each([...systemErrors, ...furtherErrors])('%i %j “%s” is %s', (status, error, description, code, retry) => {
  expect(answered(status, error, description)).toMatchObject({ code, retry });
});

// Box servers answer all failures of the authentication phase with 401, and a closed portal with 403.
test.each<[string, string, BitrixFailureCode]>([
  ['INVALID_CREDENTIALS', '', 'WEBHOOK_INVALID'],
  ['insufficient_scope', '', 'SCOPE_MISSING'],
  ['OVERLOAD_LIMIT', '', 'OVERLOADED'],
  ['ACCESS_DENIED', 'REST API is available only on commercial plans.', 'PLAN_REQUIRED'],
  ['ACCESS_DENIED', '', 'PLAN_REQUIRED'],
  ['INVALID_REQUEST', 'Https required.', 'WEBHOOK_INVALID'],
  ['user_access_error', '', 'ACCESS_DENIED'],
  ['expired_token', '', 'TOKEN_EXPIRED'],
  ['NO_AUTH_FOUND', '', 'WEBHOOK_INVALID'],
])('401 %s “%s” is %s: the code decides before the status', (error, description, code) => {
  expect(answered(401, error, description).code).toBe(code);
  expect(answered(403, 'PORTAL_DELETED').code).toBe('PORTAL_GONE');
});

describe('answers that are not JSON', () => {
  const plain = (status: number, location: string | null = null, context = read) =>
    failureOfAnswer({ status, location, body: undefined }, context) as BitrixFailure;

  test.each<[number, BitrixFailureCode, Retry]>([
    [500, 'TEMPORARY', 'later'],
    [502, 'TEMPORARY', 'later'],
    [503, 'TEMPORARY', 'later'],
    [429, 'RATE_LIMITED', 'later'],
    [200, 'NOT_JSON', 'later'],
    [404, 'PORTAL_GONE', 'never'],
    [403, 'PORTAL_GONE', 'never'],
    [401, 'PORTAL_GONE', 'never'],
  ])('%i is %s', (status, code, retry) => {
    expect(plain(status)).toMatchObject({ code, retry });
  });

  test('a write may have been applied', () => {
    expect(plain(502, null, write).retry).toBe('unknown-outcome');
    expect(plain(200, null, write).retry).toBe('unknown-outcome');
    expect(answered(500, 'INTERNAL_SERVER_ERROR', '', write).retry).toBe('unknown-outcome');
  });

  test('a write refused by a limit was surely not applied', () => {
    expect(answered(503, 'QUERY_LIMIT_EXCEEDED', '', write).retry).toBe('later');
    expect(answered(429, 'OPERATION_TIME_LIMIT', '', write).retry).toBe('when-reset');
  });

  test('a renamed portal tells its new host', () => {
    const failure = plain(302, 'https://renamed.bitrix24.ru/rest/1/secretcode/crm.deal.list');
    expect(failure).toMatchObject({
      code: 'PORTAL_MOVED',
      retry: 'never',
      failure: { newHost: 'renamed.bitrix24.ru' },
    });
    expect(JSON.stringify([failure.message, failure.details])).not.toContain('secretcode');
  });

  test('a redirect inside the host, or nowhere, is a page', () => {
    expect(plain(302, '/login').code).toBe('NOT_JSON');
    expect(plain(302).code).toBe('NOT_JSON');
  });
});

test('200 with an error inside is an error, 200 without a result is not Bitrix24', () => {
  expect(answered(200, 'QUERY_LIMIT_EXCEEDED').code).toBe('RATE_LIMITED');
  expect(failureOfAnswer({ status: 200, location: null, body: { ok: true } }, read)?.code).toBe('NOT_JSON');
  expect(failureOfAnswer({ status: 200, location: null, body: [1] }, read)?.code).toBe('NOT_JSON');
  expect(failureOfAnswer({ status: 200, location: null, body: { result: null } }, read)).toBeNull();
});

test('an error object of REST 3.0 is understood', () => {
  expect(answered(403, { code: 'insufficient_scope', message: '' }).code).toBe('SCOPE_MISSING');
});

test('a failed command of a batch has no status', () => {
  expect(failureOfError({ error: 'ACCESS_DENIED', error_description: '' }, null, read).code).toBe('ACCESS_DENIED');
  expect(failureOfError({ error: '', error_description: 'Not found' }, null, read).code).toBe('NOT_FOUND');
  expect(failureOfError('broken', null, read)).toMatchObject({ code: 'UNKNOWN', retry: 'never' });
});

test.each<[string, BitrixFailureCode, Retry, Retry]>([
  ['ECONNREFUSED', 'UNREACHABLE', 'later', 'later'],
  ['ENOTFOUND', 'UNREACHABLE', 'later', 'later'],
  ['UND_ERR_CONNECT_TIMEOUT', 'UNREACHABLE', 'later', 'later'],
  ['ECONNRESET', 'UNREACHABLE', 'later', 'unknown-outcome'],
  ['UND_ERR_SOCKET', 'UNREACHABLE', 'later', 'unknown-outcome'],
  ['UND_ERR_HEADERS_TIMEOUT', 'TIMED_OUT', 'later', 'unknown-outcome'],
  ['UND_ERR_BODY_TIMEOUT', 'TIMED_OUT', 'later', 'unknown-outcome'],
  ['UND_ERR_RES_EXCEEDED_MAX_SIZE', 'ANSWER_TOO_LARGE', 'never', 'never'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'UNREACHABLE', 'never', 'never'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'UNREACHABLE', 'never', 'never'],
])('%s is %s; a read: %s, a write: %s', (transportCode, code, forRead, forWrite) => {
  const error = Object.assign(new Error('transport'), { code: transportCode });
  expect(failureOfTransport(error, read)).toMatchObject({ code, retry: forRead });
  expect(failureOfTransport(error, write)).toMatchObject({ code, retry: forWrite });
});

test('every code has a sentence in both languages', () => {
  const details = { host: 'h', method: 'm', status: 1, portalCode: null, reason: null, scope: null, newHost: null };
  for (const code of bitrixFailureCodes) {
    expect(sentenceOf(code, details, 'en')).toMatch(/^[A-Zh].+\.$/);
    expect(sentenceOf(code, details, 'ru')).toMatch(/[а-я].+\.$/);
  }
});

test.each([
  ['crm.deal.list', 'crm'],
  ['user.get', 'user'],
  ['tasks.task.list', 'task'],
  ['voximplant.statistic.get', 'telephony'],
  ['profile', null],
])('%s needs the right %s', (method, scope) => {
  expect(scopeOf(method)).toBe(scope);
});
