import { Rejection } from '@funnelwatch/kernel';
import type { NextFunction, Request, Response } from 'express';

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // The component library of the console and Swagger UI set style attributes.
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
};

/** Headers of every answer; over https browsers are told to come by it alone from then on. */
export function securityHeaders(publicUrl: URL | null) {
  const all = publicUrl ? { ...headers, 'strict-transport-security': 'max-age=31536000' } : headers;
  return (_request: Request, response: Response, next: NextFunction): void => {
    response.set(all);
    next();
  };
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A page of another site could point a name of its own at this machine (DNS rebinding) and read with the rights of
 * whoever looks at it: the name in the Host header gives it away. A page of another site may change nothing either, even
 * where a browser would send our cookie. Health is asked under other names by probes; metrics are not for the public.
 */
export function knownHostOnly(publicUrl: URL | null) {
  return (request: Request, _response: Response, next: NextFunction): void => {
    const host = request.headers.host?.toLowerCase() ?? '';
    const isPublic = publicUrl !== null && host.replace(/:443$/, '').replace(/\.(?=:|$)/, '') === publicUrl.host;
    const isForwarded = request.headers['x-forwarded-for'] !== undefined;
    if (request.path.startsWith('/health/') || (request.path === '/metrics' && !isPublic && !isForwarded))
      return next();
    if (!isPublic && !loopbackNames.has(hostName(host))) {
      return next(
        new Rejection(
          'HOST_REFUSED',
          publicUrl === null
            ? 'Open the console by http://localhost or http://127.0.0.1 on this machine.'
            : `Open the console by ${publicUrl.origin}.`,
        ),
      );
    }
    if (request.path === '/metrics') return next(new Rejection('ROUTE_UNKNOWN', 'There is nothing at this address.'));
    if (!readingMethods.has(request.method) && isForeign(request, isPublic ? publicUrl.origin : `http://${host}`)) {
      return next(new Rejection('ORIGIN_REFUSED', 'A page of another site may not change anything here.'));
    }
    next();
  };
}

const hostName = (host: string): string => host.replace(/:\d{1,5}$/, '');

/** Browsers name the page that asks; programs name none. */
function isForeign(request: Request, ownOrigin: string): boolean {
  const { origin } = request.headers;
  if (origin !== undefined) return origin !== ownOrigin;
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
