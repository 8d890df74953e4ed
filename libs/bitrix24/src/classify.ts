import { ADDRESS_NOT_ALLOWED } from './address-guard.js';
import { BitrixFailure, type BitrixFailureCode, type Retry } from './failure.js';
import { isMap } from './portal-time.js';

export interface CallContext {
  host: string;
  method: string;
  /** True for reads and for writes that may safely be repeated. */
  idempotent: boolean;
}

interface Verdict {
  code: BitrixFailureCode;
  reason?: string;
  newHost?: string;
  portalCode?: string;
}

/** A call that was answered, `body` being its JSON or undefined when it is none. */
export interface HttpAnswer {
  status: number;
  location: string | null;
  body: unknown;
}

/** The failure in an answer, or null when it carries a result. The error code decides first, the status second. */
export function failureOfAnswer(answer: HttpAnswer, context: CallContext): BitrixFailure | null {
  const { status, body } = answer;
  if (status >= 300 && status < 400) return failure(movedTo(answer.location, context.host), status, context);
  if (!isMap(body)) return failure(withoutJson(status, body), status, context);
  if ('error' in body) return failureOfError(body, status, context);
  if (status >= 400) return failure({ code: byStatus(status) }, status, context);
  if (!('result' in body)) return failure({ code: 'NOT_JSON', reason: 'no-result' }, status, context);
  return null;
}

/** The failure of an `{error, error_description}` object; `status` is null for a command inside a batch. */
export function failureOfError(error: unknown, status: number | null, context: CallContext): BitrixFailure {
  const { code, description } = readError(error);
  const verdict: Verdict = byCode(code.toLowerCase(), description, status) ?? {
    code: byDescription(code, description) ?? (status === null ? 'UNKNOWN' : byStatus(status)),
  };
  return failure({ ...verdict, portalCode: /^[\w.-]{1,80}$/.test(code) ? code : undefined }, status, context);
}

/** The failure of a call that was not answered: the network, the certificate, a time-out. */
export function failureOfTransport(error: unknown, context: CallContext): BitrixFailure {
  const code = transportCode(error);
  const isSurelyUnsent = NEVER_SENT.has(code) || isCertificateProblem(code);
  const retry: Retry = isCertificateProblem(code)
    ? 'never'
    : isSurelyUnsent || context.idempotent
      ? 'later'
      : 'unknown-outcome';
  const details = { ...blank(context), portalCode: code === '' ? null : code, reason: transportReason(code) };
  if (code === ADDRESS_NOT_ALLOWED) return new BitrixFailure(ADDRESS_NOT_ALLOWED, 'never', blank(context), error);
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return new BitrixFailure('ANSWER_TOO_LARGE', 'never', details, error);
  if (TIMED_OUT.has(code)) return new BitrixFailure('TIMED_OUT', retry, details, error);
  return new BitrixFailure('UNREACHABLE', retry, details, error);
}

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const TIMED_OUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT', 'TimeoutError']);

function isCertificateProblem(code: string): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS|^ERR_SSL|^EPROTO$/.test(code);
}

function transportReason(code: string): string | null {
  if (isCertificateProblem(code)) return 'certificate';
  if (code === 'ENOTFOUND') return 'no-such-host';
  return code === 'ECONNREFUSED' ? 'refused' : null;
}

/** Code of an error of undici or Node; several addresses tried in vain come as an AggregateError. */
function transportCode(error: unknown): string {
  if (!isMap(error)) return '';
  if (typeof error.code === 'string') return error.code;
  if (Array.isArray(error.errors) && error.errors.length > 0) return transportCode(error.errors[0]);
  return typeof error.name === 'string' ? error.name : '';
}

function movedTo(location: string | null, host: string): Verdict {
  try {
    const newHost = new URL(location ?? '', `https://${host}`).host;
    return newHost === host ? { code: 'NOT_JSON' } : { code: 'PORTAL_MOVED', newHost };
  } catch {
    return { code: 'NOT_JSON' };
  }
}

function withoutJson(status: number, body: unknown): Verdict {
  if (status === 429) return { code: 'RATE_LIMITED' };
  if (status >= 500) return { code: 'TEMPORARY' };
  if (status === 401 || status === 403 || status === 404 || status === 410) return { code: 'PORTAL_GONE' };
  return { code: 'NOT_JSON', reason: body === undefined ? undefined : 'no-result' };
}

function readError(raw: unknown): { code: string; description: string } {
  if (!isMap(raw)) return { code: text(raw), description: '' };
  // REST 3.0 nests the code one level deeper.
  if (isMap(raw.error)) return { code: text(raw.error.code), description: text(raw.error.message) };
  return { code: text(raw.error), description: text(raw.error_description) };
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

const VERDICT_BY_CODE: Record<string, BitrixFailureCode | undefined> = {
  query_limit_exceeded: 'RATE_LIMITED',
  operation_time_limit: 'METHOD_TIME_LIMITED',
  overload_limit: 'OVERLOADED',
  expired_token: 'TOKEN_EXPIRED',
  invalid_token: 'TOKEN_EXPIRED',
  no_auth_found: 'WEBHOOK_INVALID',
  invalid_credentials: 'WEBHOOK_INVALID',
  authorization_error: 'WEBHOOK_INVALID',
  insufficient_scope: 'SCOPE_MISSING',
  invalid_scope: 'SCOPE_MISSING',
  payment_required: 'PLAN_REQUIRED',
  create_dynamic_item_restricted: 'PLAN_REQUIRED',
  update_dynamic_item_restricted: 'PLAN_REQUIRED',
  user_access_error: 'ACCESS_DENIED',
  allowed_only_intranet_user: 'ACCESS_DENIED',
  wrong_auth_type: 'ACCESS_DENIED',
  error_wrong_context: 'ACCESS_DENIED',
  method_confirm_waiting: 'ACCESS_DENIED',
  method_confirm_denied: 'ACCESS_DENIED',
  error_batch_method_not_allowed: 'INVALID_ARGUMENT',
  error_batch_length_exceeded: 'INVALID_ARGUMENT',
  error_method_not_found: 'METHOD_UNKNOWN',
  error_manifest_is_not_available: 'METHOD_UNKNOWN',
  entity_type_not_supported: 'METHOD_UNKNOWN',
  internal_server_error: 'TEMPORARY',
  error_unexpected_answer: 'TEMPORARY',
  error_core: 'TEMPORARY',
  connection_error: 'TEMPORARY',
  portal_deleted: 'PORTAL_GONE',
  not_found: 'NOT_FOUND',
  error_not_found: 'NOT_FOUND',
  error_event_not_found: 'NOT_FOUND',
  owner_not_found: 'NOT_FOUND',
  binding_not_found: 'NOT_FOUND',
  application_not_found: 'NOT_FOUND',
  // Tasks: “not found or access denied”, told apart nowhere.
  '1048582': 'NOT_FOUND',
  invalid_arg_value: 'INVALID_ARGUMENT',
  error_argument: 'INVALID_ARGUMENT',
  crm_field_error_value_not_valid: 'INVALID_ARGUMENT',
  wrong_datetime_format: 'INVALID_ARGUMENT',
  'invalid parameters.': 'INVALID_ARGUMENT',
};

function byCode(code: string, description: string, status: number | null): Verdict | null {
  // Without HTTPS the portal answers INVALID_REQUEST, which is no fault of the arguments.
  if (code === 'invalid_request') return { code: 'WEBHOOK_INVALID', reason: 'https-required' };
  if (code === 'access_denied') return { code: accessDenied(description, status) };
  const known = VERDICT_BY_CODE[code];
  return known === undefined ? null : { code: known };
}

/** One code for two things: REST is not in the plan (403, with box servers 401), or rights on an object (400). */
function accessDenied(description: string, status: number | null): BitrixFailureCode {
  if (/commercial plan|тариф/i.test(description)) return 'PLAN_REQUIRED';
  if (/^access denied|application context/i.test(description)) return 'ACCESS_DENIED';
  return status === 403 || status === 401 ? 'PLAN_REQUIRED' : 'ACCESS_DENIED';
}

/** Classic CRM methods leave the code empty (or `0`, `100`) and put one of a few fixed sentences in the description. */
function byDescription(code: string, description: string): BitrixFailureCode | null {
  const sentence = description
    .trim()
    .replace(/[.!]+$/, '')
    .toLowerCase();
  if (sentence === 'not found' || sentence === 'element not found') return 'NOT_FOUND';
  if (sentence === 'access denied') return 'ACCESS_DENIED';
  if (sentence.endsWith('entity is not supported')) return 'METHOD_UNKNOWN';
  if (sentence === 'method not found') return 'METHOD_UNKNOWN';
  if (sentence === 'id is not defined or invalid' || /^parameter '\w+' must be array$/.test(sentence)) {
    return 'INVALID_ARGUMENT';
  }
  return code === '100' ? 'INVALID_ARGUMENT' : null;
}

function byStatus(status: number): BitrixFailureCode {
  if (status === 401) return 'WEBHOOK_INVALID';
  if (status === 403) return 'ACCESS_DENIED';
  if (status === 404) return 'METHOD_UNKNOWN';
  if (status === 429) return 'RATE_LIMITED';
  return status >= 500 ? 'TEMPORARY' : 'UNKNOWN';
}

const RETRY: Partial<Record<BitrixFailureCode, Retry>> = {
  RATE_LIMITED: 'later',
  METHOD_TIME_LIMITED: 'when-reset',
  TEMPORARY: 'later',
  NOT_JSON: 'later',
};

function failure(verdict: Verdict, status: number | null, context: CallContext): BitrixFailure {
  let retry = RETRY[verdict.code] ?? 'never';
  // A refusal by a limit comes before the method runs; a broken answer says nothing about what was done.
  const mayHaveRun = verdict.code === 'TEMPORARY' || verdict.code === 'NOT_JSON';
  if (mayHaveRun && !context.idempotent) retry = 'unknown-outcome';
  return new BitrixFailure(verdict.code, retry, {
    ...blank(context),
    status,
    portalCode: verdict.portalCode ?? null,
    reason: verdict.reason ?? null,
    scope: verdict.code === 'SCOPE_MISSING' ? scopeOf(context.method) : null,
    newHost: verdict.newHost ?? null,
  });
}

function blank(context: CallContext): BitrixFailure['failure'] {
  const { host, method } = context;
  return { host, method, status: null, portalCode: null, reason: null, scope: null, newHost: null };
}

const SCOPE_BY_PREFIX: Record<string, string | undefined> = {
  crm: 'crm',
  user: 'user',
  department: 'department',
  tasks: 'task',
  task: 'task',
  voximplant: 'telephony',
  telephony: 'telephony',
  im: 'im',
};

/** The right a webhook needs for a method, as the portal calls it; null for methods that need none. */
export function scopeOf(method: string): string | null {
  return SCOPE_BY_PREFIX[method.split('.')[0]?.toLowerCase() ?? ''] ?? null;
}
