import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { Audit, Sessions } from '@funnelwatch/identity';
import { grantOf, type HeldRole, isInstallationPermission, reachablePortals } from '@funnelwatch/identity-contracts';
import { Rejection } from '@funnelwatch/kernel';
import { setScope } from '@funnelwatch/postgres';
import { z } from 'zod';
import { portalUnknown } from '../portals/portal-directory.js';
import { auditKey } from './audited.decorator.js';
import { addressOf, callerOf } from './caller.js';
import { HeldRoles } from './held-roles.js';
import { type Need, needKey } from './needs.decorator.js';
import { type Access, setAccess } from './request-access.js';

/**
 * Lets a request through when whoever is signed in has what the route needs, in the portal of the route. A portal in
 * which somebody has no role answers exactly as one that does not exist.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: Sessions,
    private readonly roles: HeldRoles,
    private readonly audit: Audit,
  ) {}

  /** Throws `Rejection` SIGN_IN_NEEDED, ACCESS_SUSPENDED, NOT_ALLOWED or PORTAL_UNKNOWN. */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const need = this.reflector.getAllAndOverride<Need | undefined>(needKey, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (need === 'public') return true;
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const access = await this.identify(request, http.getResponse<Response>());
    setAccess(access);
    if (need === 'signed-in') {
      setScope(reachablePortals(access.held, 'portal.read'));
      return true;
    }
    try {
      if (need === undefined) throw notAllowed();
      const grant = grantOf(access.held, need, access.portalId);
      if (grant.extent === 'none') throw refusal(access);
      setAccess({ ...access, permission: need, grant });
      setScope(isInstallationPermission(need) ? 'all' : access.portalId === null ? [] : [access.portalId]);
      return true;
    } catch (error) {
      await this.recordRefusal(context, request, access, error);
      throw error;
    }
  }

  private async identify(request: Request, response: Response): Promise<Access> {
    // A token is renewed on reading: whoever signs out must not be handed a new one.
    const session = await this.sessions.of(callerOf(request), { mayRotate: request.method === 'GET' });
    if (!session) throw new Rejection('SIGN_IN_NEEDED', 'Sign in first. Your session may have ended.');
    const { held, isSuspended } = await this.roles.of(session.accountId);
    if (isSuspended) {
      // A page asks several things at once: whichever answer comes first has to say why.
      await this.sessions.endSoon(session.accountId);
      throw suspended();
    }
    for (const cookie of session.cookies) response.appendHeader('set-cookie', cookie);
    return {
      accountId: session.accountId,
      sessionId: session.sessionId,
      name: session.name,
      email: session.email,
      address: addressOf(request),
      held,
      permission: null,
      portalId: portalOf(request),
      grant: { extent: 'none' },
    };
  }

  private async recordRefusal(context: ExecutionContext, request: Request, access: Access, error: unknown) {
    const action = this.reflector.get<string | undefined>(auditKey, context.getHandler());
    // What is not there to them leaves no trace with whom it belongs to.
    if (action === undefined || (error instanceof Rejection && error.code === 'PORTAL_UNKNOWN')) return;
    await this.audit.record({
      accountId: access.accountId,
      actor: 'account',
      action,
      portalId: access.portalId,
      object: null,
      address: addressOf(request),
      result: 'refused',
      details: { code: error instanceof Rejection ? error.code : 'INTERNAL' },
    });
  }
}

const uuid = z.uuid();

/** The portal in the path; null when there is none, or what stands there can be no portal. */
function portalOf(request: Request): string | null {
  const { portalId } = request.params as Record<string, string | undefined>;
  return uuid.safeParse(portalId).data?.toLowerCase() ?? null;
}

function refusal({ held, portalId }: Access): Rejection {
  if (portalId === null) return notAllowed();
  const isKnownThere = held.some((role: HeldRole) => role.portalId === portalId || role.portalId === null);
  return isKnownThere ? notAllowed() : portalUnknown();
}

export const notAllowed = (): Rejection =>
  new Rejection('NOT_ALLOWED', 'Your role does not include this. Ask the integrator or the head of sales.');

export const suspended = (): Rejection =>
  new Rejection('ACCESS_SUSPENDED', 'Your access is suspended, as the portal says that you no longer work there.');
