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

export function securityHeaders(_request: Request, response: Response, next: NextFunction): void {
  response.set(headers);
  next();
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]']);
const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * There are no accounts yet, so only this machine may ask. A page of another site could point a name of its own at
 * 127.0.0.1 (DNS rebinding) and read everything: the name in the Host header gives it away. Health and metrics hold
 * nothing of a portal and are asked under other names by probes.
 */
export function loopbackOnly(request: Request, response: Response, next: NextFunction): void {
  if (request.path.startsWith('/health/') || request.path === '/metrics') return next();
  if (!loopbackNames.has(hostName(request.headers.host ?? ''))) {
    return next(
      new Rejection('HOST_REFUSED', 'Open the console by http://localhost or http://127.0.0.1 on this machine.'),
    );
  }
  const { origin } = request.headers;
  if (origin !== undefined && !readingMethods.has(request.method) && !isSameOrigin(origin, request.headers.host)) {
    return next(new Rejection('ORIGIN_REFUSED', 'A page of another site may not change anything here.'));
  }
  next();
}

function hostName(host: string): string {
  return host.replace(/:\d{1,5}$/, '').toLowerCase();
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}
