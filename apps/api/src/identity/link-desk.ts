import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import {
  Accounts,
  type Caller,
  type FoundLink,
  joinByLink,
  OneTimeLinks,
  resetByLink,
  Sessions,
  SignInAttempts,
  unknownLink,
} from '@funnelwatch/identity';
import { grantOf, reachablePortals } from '@funnelwatch/identity-contracts';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { inScope, setScope } from '@funnelwatch/postgres';
import pg from 'pg';
import { HeldRoles } from '../access/held-roles.js';
import { type Access, noteForAudit } from '../access/request-access.js';
import { wallClock } from '../composition.tokens.js';
import { grantableBy } from '../people/access-desk.js';
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
    const { kind, role, portalId, portalUserId, accountId, expiresAt } = await this.sound(token);
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
    // Whoever has one link must not try e-mails by it without end.
    await this.attempts.begin(`link ${token}`, caller.address);
    const { accountId, link } = await joinByLink(this.parts, token, user);
    await this.attempts.succeeded(`link ${token}`, caller.address);
    noteForAudit({ portalId: link.portalId, object: accountId, details: { role: link.role, link: link.linkId } });
    return this.desk.welcome(await this.sessions.begin(accountId, caller), caller, response);
  }

  /** Throws `Rejection` as `joinByLink` does, PORTAL_UNKNOWN, and NOT_ALLOWED for a demo account. */
  async joinSignedIn(access: Access, token: string): Promise<Me> {
    const { isDemo } = await this.accounts.get(access.accountId);
    // Anybody on this machine can become a demo account.
    if (isDemo) throw new Rejection('NOT_ALLOWED', 'A demo account takes no invitation. Sign out and open it again.');
    await this.refuseRemovedPortal(token);
    const { link } = await joinByLink(this.parts, token, { accountId: access.accountId });
    noteForAudit({
      portalId: link.portalId,
      object: access.accountId,
      details: { role: link.role, link: link.linkId },
    });
    const { held } = await this.roles.of(access.accountId);
    setScope(reachablePortals(held, 'portal.read'));
    return this.desk.me({ ...access, held });
  }

  /** Throws `Rejection` as `resetByLink` does. */
  async reset({ token, password }: ResetBody, caller: Caller, response: Response): Promise<Me> {
    await this.sound(token);
    const { accountId } = await resetByLink(this.parts, token, password);
    await this.attempts.succeeded((await this.accounts.get(accountId)).email, caller.address);
    return this.desk.welcome(await this.sessions.begin(accountId, caller), caller, response);
  }

  /**
   * The link, as long as whoever made it could still make it: a role that was taken away, or a person whom the portal
   * dismissed, lets nobody in any more. Links of the command line stand for themselves.
   */
  private async sound(token: string): Promise<FoundLink> {
    const link = await this.links.find(token);
    if (link.createdBy === null) return link;
    const { held } = await this.roles.of(link.createdBy);
    const mayGive =
      link.portalId === null
        ? grantOf(held, 'accounts.manage', null).extent !== 'none'
        : grantOf(held, 'people.manage', link.portalId).extent !== 'none' &&
          grantableBy({ held, portalId: link.portalId }).some((role) => role === link.role);
    if (!mayGive) throw unknownLink();
    return link;
  }

  private async refuseRemovedPortal(token: string): Promise<void> {
    const { portalId } = await this.sound(token);
    if (portalId !== null) await inScope([portalId], () => this.portals.get(portalId));
  }

  private get parts() {
    return { pool: this.pool, links: this.links, clock: this.clock };
  }
}
