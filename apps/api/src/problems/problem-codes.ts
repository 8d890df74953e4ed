interface ProblemKind {
  status: number;
  title: string;
  /** Not a fault: asking again after these seconds helps. */
  retryAfterSeconds?: number;
}

/**
 * Every code the API answers with. A code never changes its meaning; a rejection whose code is missing here is a fault
 * of ours and answers 500.
 */
export const problemKinds = {
  INVALID_REQUEST: { status: 400, title: 'The request is not valid' },
  BODY_NOT_JSON: { status: 400, title: 'The body is not JSON' },
  CURSOR_INVALID: { status: 400, title: 'The cursor does not belong to this list' },
  FUNNEL_CURSOR_INVALID: { status: 400, title: 'The cursor does not belong to this list' },
  FUNNEL_PERIOD_INVALID: { status: 400, title: 'The period is not valid' },
  FUNNEL_HORIZON_INVALID: { status: 400, title: 'The horizon is not valid' },
  FUNNEL_STEP_INVALID: { status: 400, title: 'The step is not valid' },
  FUNNEL_MEANING_INVALID: { status: 400, title: 'The meaning is not valid' },
  FUNNEL_MEANING_TIME_INVALID: { status: 400, title: 'The time of the meaning is not valid' },
  POSITION_INVALID: { status: 400, title: 'The position does not belong to this portal' },
  HOST_REFUSED: { status: 403, title: 'Only this machine may use the API' },
  ORIGIN_REFUSED: { status: 403, title: 'Another site may not use the API' },
  SIGN_IN_NEEDED: { status: 401, title: 'Nobody is signed in' },
  SIGN_IN_REFUSED: { status: 401, title: 'E-mail or password is wrong' },
  ACCESS_SUSPENDED: { status: 403, title: 'Access is suspended' },
  NOT_ALLOWED: { status: 403, title: 'Your role does not include this' },
  OWN_FIGURES_ONLY: { status: 403, title: 'Only your own figures are shown' },
  ROLE_NOT_YOURS_TO_GIVE: { status: 403, title: 'You may not give or take this role' },
  DEMO_OFF: { status: 404, title: 'There are no demo accounts' },
  LINK_UNKNOWN: { status: 404, title: 'No such link' },
  LINK_USED: { status: 410, title: 'The link was used' },
  LINK_EXPIRED: { status: 410, title: 'The link has expired' },
  EMAIL_TAKEN: { status: 409, title: 'There is such an account' },
  ROLE_HELD_ALREADY: { status: 409, title: 'The account has a role there' },
  PORTAL_USER_TAKEN: { status: 409, title: 'The employee has an account' },
  PORTAL_USER_UNKNOWN: { status: 422, title: 'The portal has no such user' },
  SELLER_WITHOUT_USER: { status: 422, title: 'A seller has to be a user of the portal' },
  PERSON_UNKNOWN: { status: 404, title: 'No such person' },
  ACCOUNT_UNKNOWN: { status: 404, title: 'No such account' },
  INVITATION_UNKNOWN: { status: 404, title: 'No such invitation' },
  SESSION_UNKNOWN: { status: 404, title: 'No such session' },
  SUBSTITUTION_UNKNOWN: { status: 404, title: 'No such substitution' },
  SUBSTITUTION_INVALID: { status: 422, title: 'The substitution is not valid' },
  LAST_INTEGRATOR: { status: 409, title: 'This is the only integrator' },
  PASSWORD_WRONG: { status: 422, title: 'The present password is another one' },
  SIGN_IN_SLOWED_DOWN: { status: 429, title: 'Too many attempts to sign in' },
  ROUTE_UNKNOWN: { status: 404, title: 'There is nothing at this address' },
  PORTAL_UNKNOWN: { status: 404, title: 'No such portal' },
  FUNNEL_PIPELINE_UNKNOWN: { status: 404, title: 'No such pipeline' },
  FUNNEL_STAGE_UNKNOWN: { status: 404, title: 'No such stage' },
  SELLER_UNKNOWN: { status: 404, title: 'No such employee' },
  RECORD_UNKNOWN: { status: 404, title: 'No such record' },
  FUNNEL_RECORD_UNKNOWN: { status: 404, title: 'No such record' },
  FUNNEL_RECORD_NOT_YET: { status: 404, title: 'The record did not exist yet' },
  QUARANTINED_EVENT_UNKNOWN: { status: 404, title: 'No such event in quarantine' },
  PORTAL_CHANGED: { status: 409, title: 'Somebody else changed the portal at the same time' },
  HOST_TAKEN: { status: 409, title: 'The portal is connected already' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  BODY_UNSUPPORTED: { status: 415, title: 'The body has a form the API does not read' },
  WORKING_HOURS_INVALID: { status: 422, title: 'No such working hours' },
  ZONE_INVALID: { status: 422, title: 'No such time zone' },
  WEBHOOK_URL_INVALID: { status: 422, title: 'Not the address of a webhook' },
  UNREACHABLE: { status: 422, title: 'The portal cannot be reached' },
  ADDRESS_NOT_ALLOWED: { status: 422, title: 'The address of the portal is not on the public internet' },
  TIMED_OUT: { status: 422, title: 'The portal does not answer in time' },
  NOT_JSON: { status: 422, title: 'The portal answers with a page' },
  ANSWER_TOO_LARGE: { status: 422, title: 'The portal answers too much' },
  PORTAL_GONE: { status: 422, title: 'There is no portal at this address' },
  PORTAL_MOVED: { status: 422, title: 'The portal has moved' },
  WEBHOOK_INVALID: { status: 422, title: 'The portal does not accept the webhook' },
  SCOPE_MISSING: { status: 422, title: 'The webhook lacks a right' },
  PLAN_REQUIRED: { status: 422, title: "The portal's plan has no REST access" },
  ACCESS_DENIED: { status: 422, title: 'The owner of the webhook lacks rights' },
  RATE_LIMITED: { status: 422, title: 'The portal gets too many requests' },
  METHOD_TIME_LIMITED: { status: 422, title: 'The portal has used up its execution time' },
  OVERLOADED: { status: 422, title: 'The portal is blocked because of overload' },
  TOKEN_EXPIRED: { status: 422, title: 'The access to the portal has expired' },
  METHOD_UNKNOWN: { status: 422, title: 'The portal does not know a method' },
  NOT_FOUND: { status: 422, title: 'The portal does not have what was asked for' },
  INVALID_ARGUMENT: { status: 422, title: 'The portal refuses the arguments' },
  TEMPORARY: { status: 422, title: 'The portal has a fault at the moment' },
  UNKNOWN: { status: 422, title: 'The portal answers with an unknown error' },
  CASE_UNKNOWN: { status: 404, title: 'No such case' },
  CASE_OVER: { status: 409, title: 'The case is over' },
  CASE_OWN: { status: 403, title: 'Nobody reviews their own cases' },
  CASE_HEAD_ALONE: { status: 403, title: 'A head does not decide this alone' },
  CASE_SAME_REVIEWER: { status: 403, title: 'Another reviewer is needed' },
  CASE_SAME: { status: 422, title: 'It is the same case' },
  CASE_DISPUTED: { status: 409, title: 'The case is disputed' },
  CASE_NOT_DISPUTED: { status: 409, title: 'Nobody disputes the case' },
  CASE_NO_VERDICT: { status: 409, title: 'The case has no verdict' },
  CASE_NOT_SENT: { status: 409, title: 'Feedback is not sent on this case' },
  CASE_NOT_YOURS: { status: 403, title: 'The case concerns somebody else' },
  CASE_REASON_MISSING: { status: 422, title: 'A reason is needed' },
  CASES_DIFFER: { status: 422, title: 'The cases are of several rules' },
  RULE_UNKNOWN: { status: 404, title: 'No such rule' },
  RULE_INVALID: { status: 422, title: 'The rule cannot be used' },
  RULE_UNAVAILABLE: { status: 422, title: 'The facts of the rule are not captured' },
  RULE_NOT_SET: { status: 422, title: 'The rule needs its parameters' },
  BACKTEST_UNKNOWN: { status: 404, title: 'No such backtest' },
  SILENCE_UNKNOWN: { status: 404, title: 'No such silence' },
  SILENCE_INVALID: { status: 422, title: 'The silence is not valid' },
  VIEW_UNKNOWN: { status: 404, title: 'No such view' },
  VIEW_NAME_TAKEN: { status: 409, title: 'There is such a view' },
  TEMPLATE_UNKNOWN: { status: 404, title: 'No such template' },
  TEMPLATE_NAME_TAKEN: { status: 409, title: 'There is such a template' },
  EVENT_LOG_VERSION_CONFLICT: { status: 409, title: 'Somebody else changed it at the same time' },
  TIME_TRAVEL_POSITION_UNKNOWN: { status: 404, title: 'Nothing was known of the portal then' },
  TIME_TRAVEL_POSITION_AHEAD: { status: 422, title: 'The log has not come to this position' },
  TIME_TRAVEL_PREPARING: { status: 503, title: 'The past is being put together', retryAfterSeconds: 1 },
  TIME_TRAVEL_BUSY: { status: 503, title: 'Too many moments are being looked at', retryAfterSeconds: 5 },
  INTERNAL: { status: 500, title: 'Something went wrong here' },
  DATABASE_UNAVAILABLE: { status: 503, title: 'The database is not available' },
} satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problemKinds;

export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemKinds, code);
}

/** Seconds after which asking again helps; undefined where it does not, or nobody knows when it will. */
export function retryAfterSecondsOf(code: string): number | undefined {
  const kind: ProblemKind | undefined = isProblemCode(code) ? problemKinds[code] : undefined;
  return kind?.retryAfterSeconds;
}
