import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import {
  Accounts,
  type Caller,
  joinByLink,
  OneTimeLinks,
  resetByLink,
  Sessions,
  SignInAttempts,
} from '@funnelwatch/identity';
import { reachablePortals } from '@funnelwatch/identity-contracts';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { inScope, setScope } from '@funnelwatch/postgres';
import pg from 'pg';
import { HeldRoles } from '../access/held-roles.js';
import type { Access } from '../access/request-access.js';
import { wallClock } from '../composition.tokens.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { JoinBody, LinkView, ResetBody } from './links.schemas.js';
import { SessionDesk } from './session-desk.js';
import type { Me } from './session.schemas.js';

/** What one-time links let people do. */
@Injectable()
export class LinkDesk {
  constructor(
    private readonly pool: pg.Pool,
    private readonly links: OneTimeLinks,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
    private readonly desk: SessionDesk,
    private readonly attempts: SignInAttempts,
    private readonly roles: HeldRoles,
    private readonly portals: PortalDirectory,
    private readonly people: People,
    @Inject(wallClock) private readonly clock: Clock,
  ) {}

  /** Throws `Rejection` LINK_UNKNOWN, LINK_USED, LINK_EXPIRED; PORTAL_UNKNOWN when the portal was removed since. */
  async inspect(token: string): Promise<LinkView> {
    const { kind, role, portalId, portalUserId, accountId, expiresAt } = await this.links.find(token);
    if (portalId !== null) setScope([portalId]);
    const portal = portalId === null ? null : await this.portals.get(portalId);
    const account = accountId === null ? null : await this.accounts.get(accountId);
    const names = portal && portalUserId !== null ? await this.people.names(portal) : null;
    return {
      kind,
      role,
      portalName: portal?.name ?? null,
      personName: account?.name ?? (portalUserId === null ? null : (names?.of(portalUserId) ?? null)),
      email: account?.email ?? null,
      expiresAt: expiresAt.toISOString(),
    };
  }

  /** Throws `Rejection` as `joinByLink` does, and PORTAL_UNKNOWN. */
  async join({ token, ...user }: JoinBody, caller: Caller, response: Response): Promise<Me> {
    await this.refuseRemovedPortal(token);
    const { accountId } = await joinByLink(this.parts, token, user);
    return this.desk.welcome(await this.sessions.begin(accountId, caller), caller, response);
  }

  /** Throws `Rejection` as `joinByLink` does, PORTAL_UNKNOWN, and NOT_ALLOWED for a demo account. */
  async joinSignedIn(access: Access, token: string): Promise<Me> {
    const { isDemo } = await this.accounts.get(access.accountId);
    // Anybody on this machine can become a demo account.
    if (isDemo) throw new Rejection('NOT_ALLOWED', 'A demo account takes no invitation. Sign out and open it again.');
    await this.refuseRemovedPortal(token);
    await joinByLink(this.parts, token, { accountId: access.accountId });
    const { held } = await this.roles.of(access.accountId);
    setScope(reachablePortals(held, 'portal.read'));
    return this.desk.me({ ...access, held });
  }

  /** Throws `Rejection` as `resetByLink` does. */
  async reset({ token, password }: ResetBody, caller: Caller, response: Response): Promise<Me> {
    const { accountId } = await resetByLink(this.parts, token, password);
    await this.attempts.succeeded((await this.accounts.get(accountId)).email, caller.address);
    return this.desk.welcome(await this.sessions.begin(accountId, caller), caller, response);
  }

  private async refuseRemovedPortal(token: string): Promise<void> {
    const { portalId } = await this.links.find(token);
    if (portalId !== null) await inScope([portalId], () => this.portals.get(portalId));
  }

  private get parts() {
    return { pool: this.pool, links: this.links, clock: this.clock };
  }
}
