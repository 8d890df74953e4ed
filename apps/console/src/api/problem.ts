import type { MessageKey, Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import type { RuleFault } from './schema.js';

/** A refusal of the API (RFC 9457) or a failure to reach it (`status` 0). */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly errorId: string | null,
    readonly fields: readonly { field: string; message: string }[],
    /** Seconds after which asking again may help, where the API says so. */
    readonly retryAfterSeconds: number | null = null,
    /** Everything that is wrong with a rule, by line and column. */
    readonly faults: readonly RuleFault[] = [],
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

function faultsOf(body: object): RuleFault[] {
  const faults: unknown = Reflect.get(body, 'faults');
  if (!Array.isArray(faults)) return [];
  return faults.flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null) return [];
    const { path, message, line, column, suggestions } = each as Partial<RuleFault>;
    if (typeof path !== 'string' || typeof message !== 'string') return [];
    const place = typeof line === 'number' && typeof column === 'number' ? { line, column } : {};
    return [{ path, message, ...place, ...(Array.isArray(suggestions) && { suggestions: suggestions.map(String) }) }];
  });
}

/** Reads a refusal from an answer's body, whatever stands in it (a proxy may answer with HTML). */
export function toProblem(status: number, body: unknown, retryAfter: string | null = null): ApiProblem {
  if (typeof body !== 'object' || body === null) return new ApiProblem(status, 'UNREADABLE_ANSWER', '', null, []);
  return new ApiProblem(
    status,
    textOf(body, 'code') ?? 'UNREADABLE_ANSWER',
    textOf(body, 'detail') ?? textOf(body, 'title') ?? '',
    textOf(body, 'errorId'),
    fieldsOf(body),
    retryAfter !== null && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null,
    faultsOf(body),
  );
}

/** Codes the console has a sentence of its own for, in both languages. */
const sentences: Readonly<Record<string, MessageKey>> = {
  SERVER_UNREACHABLE: 'problem.SERVER_UNREACHABLE',
  UNREADABLE_ANSWER: 'problem.UNREADABLE_ANSWER',
  PORTAL_UNKNOWN: 'problem.PORTAL_UNKNOWN',
  PORTAL_CHANGED: 'problem.PORTAL_CHANGED',
  RECORD_UNKNOWN: 'problem.RECORD_UNKNOWN',
  FUNNEL_RECORD_UNKNOWN: 'problem.RECORD_UNKNOWN',
  FUNNEL_RECORD_NOT_YET: 'problem.FUNNEL_RECORD_NOT_YET',
  FUNNEL_PIPELINE_UNKNOWN: 'problem.FUNNEL_PIPELINE_UNKNOWN',
  FUNNEL_STAGE_UNKNOWN: 'problem.FUNNEL_STAGE_UNKNOWN',
  QUARANTINED_EVENT_UNKNOWN: 'problem.QUARANTINED_EVENT_UNKNOWN',
  TIME_TRAVEL_POSITION_AHEAD: 'problem.TIME_TRAVEL_POSITION_AHEAD',
  TIME_TRAVEL_POSITION_UNKNOWN: 'problem.TIME_TRAVEL_POSITION_UNKNOWN',
  TIME_TRAVEL_BUSY: 'problem.TIME_TRAVEL_BUSY',
  TIME_TRAVEL_PREPARING: 'problem.TIME_TRAVEL_PREPARING',
  POSITION_INVALID: 'problem.POSITION_INVALID',
  INVALID_REQUEST: 'problem.INVALID_REQUEST',
  HOST_TAKEN: 'problem.HOST_TAKEN',
  WEBHOOK_URL_INVALID: 'problem.WEBHOOK_URL_INVALID',
  DATABASE_UNAVAILABLE: 'problem.DATABASE_UNAVAILABLE',
  INTERNAL: 'problem.INTERNAL',
  UNREACHABLE: 'problem.PORTAL_UNREACHABLE',
  ADDRESS_NOT_ALLOWED: 'problem.ADDRESS_NOT_ALLOWED',
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
  SIGN_IN_NEEDED: 'problem.SIGN_IN_NEEDED',
  SIGN_IN_REFUSED: 'problem.SIGN_IN_REFUSED',
  ACCESS_SUSPENDED: 'problem.ACCESS_SUSPENDED',
  NOT_ALLOWED: 'problem.NOT_ALLOWED',
  OWN_FIGURES_ONLY: 'problem.OWN_FIGURES_ONLY',
  ROLE_NOT_YOURS_TO_GIVE: 'problem.ROLE_NOT_YOURS_TO_GIVE',
  DEMO_OFF: 'problem.DEMO_OFF',
  LINK_UNKNOWN: 'problem.LINK_UNKNOWN',
  LINK_USED: 'problem.LINK_USED',
  LINK_EXPIRED: 'problem.LINK_EXPIRED',
  EMAIL_TAKEN: 'problem.EMAIL_TAKEN',
  ROLE_HELD_ALREADY: 'problem.ROLE_HELD_ALREADY',
  PORTAL_USER_TAKEN: 'problem.PORTAL_USER_TAKEN',
  PORTAL_USER_UNKNOWN: 'problem.PORTAL_USER_UNKNOWN',
  SELLER_WITHOUT_USER: 'problem.SELLER_WITHOUT_USER',
  PERSON_UNKNOWN: 'problem.PERSON_UNKNOWN',
  ACCOUNT_UNKNOWN: 'problem.ACCOUNT_UNKNOWN',
  INVITATION_UNKNOWN: 'problem.INVITATION_UNKNOWN',
  SESSION_UNKNOWN: 'problem.SESSION_UNKNOWN',
  SUBSTITUTION_UNKNOWN: 'problem.SUBSTITUTION_UNKNOWN',
  SUBSTITUTION_INVALID: 'problem.SUBSTITUTION_INVALID',
  LAST_INTEGRATOR: 'problem.LAST_INTEGRATOR',
  PASSWORD_WRONG: 'problem.PASSWORD_WRONG',
  SIGN_IN_SLOWED_DOWN: 'problem.SIGN_IN_SLOWED_DOWN',
  ORIGIN_REFUSED: 'problem.ORIGIN_REFUSED',
  SELLER_UNKNOWN: 'problem.SELLER_UNKNOWN',
  CASE_UNKNOWN: 'problem.CASE_UNKNOWN',
  CASE_OVER: 'problem.CASE_OVER',
  CASE_OWN: 'problem.CASE_OWN',
  CASE_HEAD_ALONE: 'problem.CASE_HEAD_ALONE',
  CASE_SAME_REVIEWER: 'problem.CASE_SAME_REVIEWER',
  CASE_SAME: 'problem.CASE_SAME',
  CASE_DISPUTED: 'problem.CASE_DISPUTED',
  CASE_NOT_DISPUTED: 'problem.CASE_NOT_DISPUTED',
  CASE_NO_VERDICT: 'problem.CASE_NO_VERDICT',
  CASE_NOT_SENT: 'problem.CASE_NOT_SENT',
  CASE_FEEDBACK_ON_ITS_WAY: 'problem.CASE_FEEDBACK_ON_ITS_WAY',
  CASE_DECIDED: 'problem.CASE_DECIDED',
  CASE_NOT_YOURS: 'problem.CASE_NOT_YOURS',
  FEEDBACK_NOBODY: 'problem.FEEDBACK_NOBODY',
  FEEDBACK_TOO_LATE: 'problem.FEEDBACK_TOO_LATE',
  MESSAGE_UNKNOWN: 'problem.MESSAGE_UNKNOWN',
  MESSAGE_SETTLED: 'problem.MESSAGE_SETTLED',
  MESSAGE_INVALID: 'problem.MESSAGE_INVALID',
  MESSAGE_SUBJECT_ERASED: 'problem.MESSAGE_SUBJECT_ERASED',
  CHANNEL_INVALID: 'problem.CHANNEL_INVALID',
  CASE_REASON_MISSING: 'problem.CASE_REASON_MISSING',
  CASE_REVIEW_PENDING: 'problem.CASE_REVIEW_PENDING',
  CASE_NOT_DRAWN: 'problem.CASE_NOT_DRAWN',
  CASE_IN_TRAINING: 'problem.CASE_IN_TRAINING',
  QUALITY_INVALID: 'problem.QUALITY_INVALID',
  GOLD_SET_TOO_SMALL: 'problem.GOLD_SET_TOO_SMALL',
  CALIBRATION_NOT_UNDER_WAY: 'problem.CALIBRATION_NOT_UNDER_WAY',
  CALIBRATION_OTHER_CASE: 'problem.CALIBRATION_OTHER_CASE',
  CHECKLIST_INVALID: 'problem.CHECKLIST_INVALID',
  AUDIT_UNKNOWN: 'problem.AUDIT_UNKNOWN',
  AUDIT_OWN: 'problem.AUDIT_OWN',
  AUDIT_HEAD_ALONE: 'problem.AUDIT_HEAD_ALONE',
  AUDIT_SCORED: 'problem.AUDIT_SCORED',
  AUDIT_NOT_YOURS: 'problem.AUDIT_NOT_YOURS',
  AUDIT_MARKS_INVALID: 'problem.AUDIT_MARKS_INVALID',
  CASES_DIFFER: 'problem.CASES_DIFFER',
  VIEW_NAME_TAKEN: 'problem.VIEW_NAME_TAKEN',
  VIEW_UNKNOWN: 'problem.VIEW_UNKNOWN',
  TEMPLATE_NAME_TAKEN: 'problem.TEMPLATE_NAME_TAKEN',
  TEMPLATE_UNKNOWN: 'problem.TEMPLATE_UNKNOWN',
  BACKTEST_UNKNOWN: 'problem.BACKTEST_UNKNOWN',
  RULE_UNKNOWN: 'problem.RULE_UNKNOWN',
  RULE_INVALID: 'problem.RULE_INVALID',
  RULE_UNAVAILABLE: 'problem.RULE_UNAVAILABLE',
  RULE_NOT_SET: 'problem.RULE_NOT_SET',
  RULES_FULL: 'problem.RULES_FULL',
  RULE_NOT_OWN: 'problem.RULE_NOT_OWN',
  RULE_NO_DRAFT: 'problem.RULE_NO_DRAFT',
  PACK_LAYER_INVALID: 'problem.PACK_LAYER_INVALID',
  PACK_RULE_UNKNOWN: 'problem.PACK_RULE_UNKNOWN',
  PACK_PARAMETER_UNKNOWN: 'problem.PACK_PARAMETER_UNKNOWN',
  PACK_PARAMETER_INVALID: 'problem.PACK_PARAMETER_INVALID',
  PACK_PLACEHOLDER_UNKNOWN: 'problem.PACK_PLACEHOLDER_UNKNOWN',
  PACK_RULE_UNAVAILABLE: 'problem.PACK_RULE_UNAVAILABLE',
  PLAN_UNKNOWN: 'problem.PLAN_UNKNOWN',
  PLAN_VERSION_UNKNOWN: 'problem.PLAN_VERSION_UNKNOWN',
  PLAN_WITHDRAWN: 'problem.PLAN_WITHDRAWN',
  PLAN_OF_ANOTHER_SUBJECT: 'problem.PLAN_OF_ANOTHER_SUBJECT',
  PLAN_HAS_FAULTS: 'problem.PLAN_HAS_FAULTS',
  PLAN_DAY_INVALID: 'problem.PLAN_DAY_INVALID',
  PLAN_ALREADY_ISSUED: 'problem.PLAN_ALREADY_ISSUED',
  PLAN_NOT_ISSUED: 'problem.PLAN_NOT_ISSUED',
  PLAN_NOT_BOUND: 'problem.PLAN_NOT_BOUND',
  INDICATOR_INVALID: 'problem.INDICATOR_INVALID',
  INDICATOR_MEASURE_FIXED: 'problem.INDICATOR_MEASURE_FIXED',
  INDICATORS_TOO_MANY: 'problem.INDICATORS_TOO_MANY',
  PERIOD_CLOSED: 'problem.PERIOD_CLOSED',
  PERIOD_OPEN: 'problem.PERIOD_OPEN',
  PERIOD_ORDER: 'problem.PERIOD_ORDER',
  PERIOD_NOT_READY: 'problem.PERIOD_NOT_READY',
  PERIOD_BEHIND: 'problem.PERIOD_BEHIND',
  PAYSLIP_UNKNOWN: 'problem.PAYSLIP_UNKNOWN',
  DISPUTE_UNKNOWN: 'problem.DISPUTE_UNKNOWN',
  DISPUTE_DECIDED: 'problem.DISPUTE_DECIDED',
  DISPUTE_OWN_CLOSING: 'problem.DISPUTE_OWN_CLOSING',
  DISPUTE_CORRECTION_INVALID: 'problem.DISPUTE_CORRECTION_INVALID',
  DISPUTE_NOT_PAID: 'problem.DISPUTE_NOT_PAID',
  SHEET_TOO_LARGE: 'problem.SHEET_TOO_LARGE',
  SHEET_UNREADABLE: 'problem.SHEET_UNREADABLE',
  SALE_UNKNOWN: 'problem.SALE_UNKNOWN',
  SALE_SHARE_UNPAID: 'problem.SALE_SHARE_UNPAID',
  SALE_SHARES_INVALID: 'problem.SALE_SHARES_INVALID',
  SCHEME_UNKNOWN: 'problem.SCHEME_UNKNOWN',
  SCHEME_VERSION_UNKNOWN: 'problem.SCHEME_VERSION_UNKNOWN',
  SCHEME_WITHDRAWN: 'problem.SCHEME_WITHDRAWN',
  SCHEME_HAS_FAULTS: 'problem.SCHEME_HAS_FAULTS',
  SCHEME_OWN_APPROVAL: 'problem.SCHEME_OWN_APPROVAL',
  SCHEME_NOT_APPROVED: 'problem.SCHEME_NOT_APPROVED',
  SCHEME_ALREADY_ISSUED: 'problem.SCHEME_ALREADY_ISSUED',
  SCHEME_MONTH_INVALID: 'problem.SCHEME_MONTH_INVALID',
  SCHEME_NOT_ISSUED: 'problem.SCHEME_NOT_ISSUED',
  SCHEME_NOT_BOUND: 'problem.SCHEME_NOT_BOUND',
  SILENCE_UNKNOWN: 'problem.SILENCE_UNKNOWN',
  SILENCE_INVALID: 'problem.SILENCE_INVALID',
};

/** Failures of a portal: the API's own sentence names the host, the right or the method. */
const portalFailures: ReadonlySet<string> = new Set([
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
]);

/** Refusals whose English sentence names the rule, the parameter or the place. */
const named: ReadonlySet<string> = new Set([
  'INVALID_REQUEST',
  'PACK_LAYER_INVALID',
  'PACK_RULE_UNKNOWN',
  'PACK_PARAMETER_UNKNOWN',
  'PACK_PARAMETER_INVALID',
  'PACK_PLACEHOLDER_UNKNOWN',
  'PACK_RULE_UNAVAILABLE',
]);

/** A sentence in the person's language and, where it says more, the English one the API gave. */
export type Told = { sentence: string; detail: string | null };

/** What to say about a code of the API or of a failed connection; `english` is the API's own sentence. */
export function tell(code: string | null, english: string | null, language: Language, t: Translate): Told {
  const own = english === null || english === '' ? null : english;
  const key = code === null ? undefined : sentences[code];
  if (key === undefined) return { sentence: own ?? t('problem.UNKNOWN'), detail: null };
  if (own === null || code === null || !(portalFailures.has(code) || named.has(code))) {
    return { sentence: t(key), detail: null };
  }
  return language === 'en' && portalFailures.has(code)
    ? { sentence: own, detail: null }
    : { sentence: t(key), detail: own };
}

/** What a person is told about a failure. */
export function describeProblem(error: unknown, language: Language, t: Translate) {
  if (!(error instanceof ApiProblem)) return { ...tell(null, null, language, t), errorId: null, fields: [] };
  return { ...tell(error.code, error.detail, language, t), errorId: error.errorId, fields: error.fields };
}
