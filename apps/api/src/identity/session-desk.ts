import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import {
  Accounts,
  type Caller,
  demoAccount,
  demoRoles,
  Memberships,
  OneTimeLinks,
  Sessions,
  SignInAttempts,
  type SignedIn,
} from '@funnelwatch/identity';
import {
  grantOf,
  installationPermissions,
  personalGrantOf,
  type PortalPermission,
  portalPermissions,
  reachablePortals,
  type Role,
} from '@funnelwatch/identity-contracts';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { inScope, setScope } from '@funnelwatch/postgres';
import pg from 'pg';
import { suspended } from '../access/access.guard.js';
import { HeldRoles } from '../access/held-roles.js';
import { type Access, noteForAudit, setAccess } from '../access/request-access.js';
import { type DemoPortal, demoPortal, wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { Me, PasswordBody, SessionList, SignInBody, SignInOptions } from './session.schemas.js';

/** Signing in and out, and what somebody may do. */
@Injectable()
export class SessionDesk {
  constructor(
    private readonly pool: pg.Pool,
    private readonly sessions: Sessions,
    private readonly attempts: SignInAttempts,
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly links: OneTimeLinks,
    private readonly roles: HeldRoles,
    private readonly portals: PortalDirectory,
    @Inject(wallClock) private readonly clock: Clock,
    @Inject(demoPortal) private readonly demo: DemoPortal,
  ) {}

  async options(): Promise<SignInOptions> {
    return {
      needsFirstAccount: !(await this.memberships.hasIntegrator()),
      demoRoles: this.demo.portalId === null ? [] : [...demoRoles],
    };
  }

  /** Throws `Rejection` SIGN_IN_SLOWED_DOWN, SIGN_IN_REFUSED or ACCESS_SUSPENDED. */
  async signIn({ email, password }: SignInBody, caller: Caller, response: Response): Promise<Me> {
    await this.attempts.begin(email, caller.address);
    const signedIn = await this.sessions.signIn(email, password, caller);
    if (!signedIn) throw new Rejection('SIGN_IN_REFUSED', 'The e-mail or the password is wrong.');
    await this.attempts.succeeded(email, caller.address);
    return this.welcome(signedIn, caller, response);
  }

  /** Throws `Rejection` DEMO_OFF. */
  async signInToDemo(role: Role, caller: Caller, response: Response): Promise<Me> {
    const { portalId } = this.demo;
    if (portalId === null) throw new Rejection('DEMO_OFF', 'There are no demo accounts here. Sign in with your own.');
    const seller = role === 'seller' ? await this.busiestSeller(portalId) : null;
    const { accountId } = await demoAccount({ pool: this.pool, clock: this.clock }, role, portalId, seller);
    return this.welcome(await this.sessions.begin(accountId, caller), caller, response);
  }

  /** Hands the session over, unless the person no longer works there. */
  async welcome({ accountId, cookies }: SignedIn, caller: Caller, response: Response): Promise<Me> {
    const { held, isSuspended } = await this.roles.of(accountId);
    if (isSuspended) {
      await this.sessions.revokeAll(accountId, null);
      noteForAudit({ object: accountId });
      throw suspended();
    }
    for (const cookie of cookies) response.appendHeader('set-cookie', cookie);
    const { name, email } = await this.accounts.get(accountId);
    const access: Access = {
      accountId,
      sessionId: '',
      name,
      email,
      address: caller.address,
      held,
      permission: null,
      portalId: null,
      grant: { extent: 'none' },
    };
    setAccess(access);
    setScope(reachablePortals(held, 'portal.read'));
    return this.me(access);
  }

  async me({ accountId, held }: Access): Promise<Me> {
    const { name, email, isDemo } = await this.accounts.get(accountId);
    const installation = held.filter(({ portalId }) => portalId === null);
    return {
      accountId,
      name,
      email,
      isDemo,
      installation: {
        roles: [...new Set(installation.map(({ role }) => role))],
        permissions: installationPermissions.filter((right) => grantOf(held, right, null).extent !== 'none'),
      },
      portals: (await this.portals.list()).flatMap(({ portalId, name: portalName, host }) => {
        const there = held.filter((role) => role.portalId === portalId || role.portalId === null);
        const grantedThere = (right: PortalPermission) =>
          right === 'personal.read' ? personalGrantOf(held, portalId) : grantOf(held, right, portalId);
        const permissions = portalPermissions.filter((right) => grantedThere(right).extent !== 'none');
        if (permissions.length === 0) return [];
        const figures = grantOf(held, 'figures.read', portalId);
        return [
          {
            portalId,
            name: portalName,
            host,
            roles: [...new Set(there.map(({ role }) => role))],
            permissions,
            ownUserIds: figures.extent === 'own' ? figures.portalUserIds : null,
          },
        ];
      }),
    };
  }

  async signOut(caller: Caller, response: Response): Promise<void> {
    const { cookies } = await this.sessions.end(caller);
    for (const cookie of cookies) response.appendHeader('set-cookie', cookie);
  }

  async sessionsOf({ accountId, sessionId: current }: Access): Promise<SessionList> {
    const sessions = await this.sessions.list(accountId);
    return {
      items: sessions.map(({ sessionId, createdAt, expiresAt, address, userAgent }) => ({
        sessionId,
        isThis: sessionId === current,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        address,
        userAgent,
      })),
    };
  }

  async endOthers({ accountId, sessionId }: Access): Promise<void> {
    await this.sessions.revokeAll(accountId, sessionId);
  }

  /** Throws `Rejection` SESSION_UNKNOWN, also for a session of somebody else. */
  endSession({ accountId }: Access, sessionId: string): Promise<void> {
    return this.sessions.revoke(accountId, sessionId);
  }

  /** Throws `Rejection` SIGN_IN_SLOWED_DOWN or PASSWORD_WRONG. */
  async changePassword(
    { accountId, email }: Access,
    { current, next }: PasswordBody,
    caller: Caller,
    response: Response,
  ): Promise<void> {
    await this.attempts.begin(email, caller.address);
    const changed = await this.sessions.changePassword(current, next, caller);
    if (!changed) throw new Rejection('PASSWORD_WRONG', 'The present password is another one.');
    await this.attempts.succeeded(email, caller.address);
    await this.links.withdrawResets(accountId);
    for (const cookie of changed.cookies) response.appendHeader('set-cookie', cookie);
  }

  /** A demo seller should have something to look at. */
  private async busiestSeller(portalId: string): Promise<string | null> {
    const { rows } = await inScope([portalId], () =>
      this.pool.query<{ ownerId: string }>(
        `SELECT owner_id AS "ownerId" FROM registry.portal JOIN read.funnel_object USING (bucket, portal_id)
          WHERE portal_id = $1 AND owner_id IS NOT NULL AND funnel_object.state = 'present'
            AND NOT EXISTS (SELECT FROM identity.membership JOIN identity.account ON account.id = account_id
                             WHERE membership.portal_id = $1 AND portal_user_id = owner_id AND NOT is_demo)
          GROUP BY owner_id ORDER BY count(*) DESC, owner_id LIMIT 1`,
        [portalId],
      ),
    );
    return rows[0]?.ownerId ?? null;
  }
}
