import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { Audit } from '@funnelwatch/identity';
import { Rejection } from '@funnelwatch/kernel';
import type { Request } from 'express';
import { catchError, concatMap, from, map, type Observable, throwError } from 'rxjs';
import { addressOf } from './caller.js';
import { auditKey } from './audited.decorator.js';
import { accessIfAny, auditNote } from './request-access.js';

/** What anybody on the network could fill the audit with, and which says nothing of anybody's doings. */
const unrecordedOfNobody = new Set([
  'INVALID_REQUEST',
  'SIGN_IN_SLOWED_DOWN',
  'LINK_UNKNOWN',
  'LINK_USED',
  'LINK_EXPIRED',
  'EMAIL_TAKEN',
  'PORTAL_UNKNOWN',
  'DEMO_OFF',
]);

/** Writes down what came of a route that changes something, before its answer leaves. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly audit: Audit,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const action = this.reflector.get<string | undefined>(auditKey, context.getHandler());
    if (action === undefined) return next.handle();
    const request = context.switchToHttp().getRequest<Request>();
    return next.handle().pipe(
      concatMap((answer: unknown) => from(this.record(action, request, null)).pipe(map(() => answer))),
      catchError((error: unknown) =>
        from(this.record(action, request, error)).pipe(concatMap(() => throwError(() => error))),
      ),
    );
  }

  private async record(action: string, request: Request, error: unknown): Promise<void> {
    const access = accessIfAny();
    const code = error instanceof Rejection ? error.code : error === null ? null : 'INTERNAL';
    if (access === null && code !== null && unrecordedOfNobody.has(code)) return;
    const note = auditNote();
    await this.audit.record({
      accountId: access?.accountId ?? null,
      actor: access ? 'account' : 'nobody',
      action,
      portalId: note.portalId ?? access?.portalId ?? null,
      object: note.object ?? objectOf(request),
      address: addressOf(request),
      result: error === null ? 'done' : error instanceof Rejection ? 'refused' : 'failed',
      details: { ...note.details, ...(code !== null && { code }) },
    });
  }
}

/** Everything in the path that names something within the portal, as it stands there. */
function objectOf(request: Request): string | null {
  const named = Object.entries(request.params).filter(([name]) => name !== 'portalId');
  return named.length === 0 ? null : named.map(([, value]) => plain(String(value))).join(' ');
}

/** What was asked for may be no id at all; PostgreSQL takes neither NUL nor halves of characters. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\p{Cc}/gu, '?')
    .slice(0, 100);
