export type StatusProfile = 'documented' | 'box-legacy';

/** A failure as the portal reports it: `error` may be a code, an empty string, a number or a sentence. */
export class RestError extends Error {
  constructor(
    readonly code: string | number,
    readonly description: string,
    readonly status = 400,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(description);
  }

  body(): Record<string, unknown> {
    return { error: this.code, error_description: this.description, ...this.extra };
  }
}

interface SystemError {
  status: number;
  description: string;
  /** Boxed portals of older builds answer failures of the authentication phase with 401. */
  legacyStatus?: number;
}

/** Failures of the platform itself, by code. */
const systemErrors: Record<string, SystemError> = {
  QUERY_LIMIT_EXCEEDED: { status: 503, description: 'Too many requests' },
  OPERATION_TIME_LIMIT: { status: 429, description: 'Method is blocked due to operation time limit.' },
  OVERLOAD_LIMIT: { status: 503, description: 'REST API is blocked due to overload.', legacyStatus: 401 },
  expired_token: { status: 401, description: 'The access token provided has expired.' },
  invalid_token: { status: 401, description: 'Unable to get application by token' },
  NO_AUTH_FOUND: { status: 401, description: 'Wrong authorization data' },
  INVALID_CREDENTIALS: { status: 403, description: 'Invalid request credentials', legacyStatus: 401 },
  insufficient_scope: {
    status: 403,
    description: 'The request requires higher privileges than provided by the webhook token',
    legacyStatus: 401,
  },
  ACCESS_DENIED: { status: 403, description: 'REST API is available only on commercial plans.', legacyStatus: 401 },
  user_access_error: {
    status: 403,
    description: 'The user does not have access to the application.',
    legacyStatus: 401,
  },
  INVALID_REQUEST: { status: 400, description: 'Https required.', legacyStatus: 401 },
  ERROR_BATCH_METHOD_NOT_ALLOWED: { status: 405, description: 'Method is not allowed for batch usage' },
  ERROR_BATCH_LENGTH_EXCEEDED: { status: 400, description: 'Max batch length exceeded' },
  ERROR_MANIFEST_IS_NOT_AVAILABLE: { status: 404, description: 'Manifest is not available' },
  ERROR_METHOD_NOT_FOUND: { status: 404, description: 'Method not found!' },
  INTERNAL_SERVER_ERROR: { status: 500, description: 'Internal server error' },
  ERROR_UNEXPECTED_ANSWER: { status: 500, description: 'Server returned an unexpected response' },
  PORTAL_DELETED: { status: 500, description: 'Portal was deleted', legacyStatus: 403 },
  METHOD_CONFIRM_WAITING: { status: 401, description: 'Waiting for confirmation' },
  METHOD_CONFIRM_DENIED: { status: 403, description: 'Method call denied' },
  WRONG_AUTH_TYPE: { status: 403, description: 'Current authorization type is denied for this method' },
  authorization_error: { status: 401, description: 'Unable to authorize user' },
  allowed_only_intranet_user: { status: 403, description: 'Allowed only for intranet users' },
  ERROR_CORE: { status: 400, description: 'Internal error' },
};

/** A failure of the platform with the status of the profile. */
export function systemError(code: string, profile: StatusProfile, description?: string, status?: number): RestError {
  const known = systemErrors[code];
  const profiled = profile === 'box-legacy' ? (known?.legacyStatus ?? known?.status) : known?.status;
  return new RestError(code, description ?? known?.description ?? code, status ?? profiled ?? 400);
}

/** Classic CRM methods explain themselves in the description only. */
export function classicError(description: string): RestError {
  return new RestError('', description, 400);
}
