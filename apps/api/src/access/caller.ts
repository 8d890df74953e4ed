import type { Request } from 'express';
import type { Caller } from '@funnelwatch/identity';

/** The address a request comes from; behind proxies the one they hand over, if they are trusted (TRUSTED_PROXIES). */
export const addressOf = (request: Request): string | null => request.ip ?? null;

/** Where a request comes from, for the sessions. */
export function callerOf(request: Request): Caller {
  return {
    cookies: request.headers.cookie ?? '',
    address: addressOf(request),
    userAgent: request.headers['user-agent'] ?? '',
  };
}
