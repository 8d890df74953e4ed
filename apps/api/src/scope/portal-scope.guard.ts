import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { beginScope, setScope } from '@funnelwatch/postgres';
import type { NextFunction, Request, Response } from 'express';
import { scopeOfRequest } from './scope-of-request.js';

/** Everything that a request asks of the database is nobody's until the guard knows whose it is. */
export function withoutScope(_request: Request, _response: Response, next: NextFunction): void {
  beginScope(next);
}

/** Before all other guards, which ask the database too. */
@Injectable()
export class PortalScopeGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    setScope(scopeOfRequest(context.switchToHttp().getRequest<Request>()));
    return true;
  }
}
