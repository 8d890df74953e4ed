import { Injectable } from '@nestjs/common';
import { Accounts, Memberships, OneTimeLinks, Sessions } from '@funnelwatch/identity';
import type { InstallationRole } from '@funnelwatch/identity-contracts';
import { Rejection } from '@funnelwatch/kernel';
import { type Access, noteForAudit } from '../access/request-access.js';
import type { CreatedLinkView } from '../people/access.schemas.js';
import { linkView } from '../people/access-desk.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { AccountList } from './accounts.schemas.js';

/** Everybody who can sign in, and the roles of the whole installation. */
@Injectable()
export class AccountDesk {
  constructor(
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
    private readonly links: OneTimeLinks,
    private readonly sessions: Sessions,
    private readonly portals: PortalDirectory,
  ) {}

  async list(): Promise<AccountList> {
    const names = new Map((await this.portals.list()).map(({ portalId, name }) => [portalId, name]));
    return {
      items: (await this.accounts.list()).map(({ createdAt, lastSeenAt, roles, ...account }) => ({
        ...account,
        createdAt: createdAt.toISOString(),
        lastSeenAt: lastSeenAt?.toISOString() ?? null,
        roles: roles.map(({ role, portalId }) => ({
          role,
          portalId,
          portalName: portalId === null ? null : (names.get(portalId) ?? null),
        })),
      })),
      invitations: (await this.links.invitations(null)).flatMap(({ linkId, role, createdAt, expiresAt }) =>
        role === null
          ? []
          : [
              {
                invitationId: linkId,
                role,
                createdAt: createdAt.toISOString(),
                expiresAt: expiresAt.toISOString(),
              },
            ],
      ),
    };
  }

  async invite(role: InstallationRole, access: Access): Promise<CreatedLinkView> {
    const link = await this.links.create({ kind: 'invitation', role, createdBy: access.accountId });
    noteForAudit({ object: link.linkId, details: { role } });
    return linkView(link);
  }

  /** Throws `Rejection` INVITATION_UNKNOWN. */
  withdrawInvitation(invitationId: string): Promise<void> {
    return this.links.withdraw(null, invitationId);
  }

  /** Throws `Rejection` PERSON_UNKNOWN or LAST_INTEGRATOR. */
  withdrawRole(accountId: string): Promise<void> {
    return this.memberships.withdraw(null, accountId);
  }

  /** Throws `Rejection` ACCOUNT_UNKNOWN, or NOT_ALLOWED for a demo account. */
  async resetPassword(accountId: string, access: Access): Promise<CreatedLinkView> {
    const { isDemo } = await this.accounts.get(accountId);
    if (isDemo)
      throw new Rejection('NOT_ALLOWED', 'A demo account has no password. It ends with the simulated portal.');
    return linkView(await this.links.create({ kind: 'reset', accountId, createdBy: access.accountId }));
  }

  /** Throws `Rejection` ACCOUNT_UNKNOWN. */
  async endSessions(accountId: string): Promise<void> {
    await this.accounts.get(accountId);
    await this.sessions.revokeAll(accountId, null);
  }
}
