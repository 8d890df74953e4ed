import { Injectable } from '@nestjs/common';
import { type CreatedLink, Memberships, OneTimeLinks, Substitutions } from '@funnelwatch/identity';
import { grantableRoles, portalRoles, type PortalRole, type Role } from '@funnelwatch/identity-contracts';
import { Rejection } from '@funnelwatch/kernel';
import { type Access, noteForAudit } from '../access/request-access.js';
import { CuratorsDesk } from '../quality/curators-desk.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type {
  CreatedLinkView,
  InvitationBody,
  PeopleOfPortal,
  SubstitutionBody,
  SubstitutionList,
} from './access.schemas.js';
import { People } from './people.js';

/** Who has access to a portal: invitations, roles, substitutions. */
@Injectable()
export class AccessDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly people: People,
    private readonly memberships: Memberships,
    private readonly links: OneTimeLinks,
    private readonly substitutions: Substitutions,
    private readonly curators: CuratorsDesk,
  ) {}

  /** Users of the portal with what access they have, then people from elsewhere, each by name. */
  async list(portalId: string, access: Access): Promise<PeopleOfPortal> {
    const portal = await this.portals.get(portalId);
    const [users, members, invitations] = await Promise.all([
      this.people.users(portal),
      this.memberships.of(portalId),
      this.links.invitations(portalId),
    ]);
    const under = await this.curators.underHeads(portal, members);
    const memberOf = new Map(members.map((member) => [member.portalUserId, member]));
    const invitationOf = new Map(invitations.map((invitation) => [invitation.portalUserId, invitation]));
    type Person = PeopleOfPortal['items'][number];
    const accountOf = (member: (typeof members)[number] | undefined, isSuspended: boolean): Person['account'] =>
      member
        ? {
            accountId: member.accountId,
            name: member.name,
            email: member.email,
            role: member.role,
            reportsToHead: member.portalUserId !== null && under.has(member.portalUserId),
            isSuspended,
            isDemo: member.isDemo,
            grantedAt: member.grantedAt.toISOString(),
            lastSeenAt: member.lastSeenAt?.toISOString() ?? null,
          }
        : null;
    const pending = (invitation: (typeof invitations)[number] | undefined): Person['invitation'] =>
      invitation?.role
        ? {
            invitationId: invitation.linkId,
            role: invitation.role,
            expiresAt: invitation.expiresAt.toISOString(),
          }
        : null;
    const known = new Set(users.map(({ userId }) => userId));
    const isOutside = ({ portalUserId }: { portalUserId: string | null }) =>
      portalUserId === null || !known.has(portalUserId);
    return {
      items: [
        ...users.map(({ userId, name, isActive }) => ({
          userId,
          name,
          isActive,
          account: accountOf(memberOf.get(userId), !isActive),
          invitation: pending(invitationOf.get(userId)),
        })),
        ...members.filter(isOutside).map((member) => ({
          userId: member.portalUserId,
          name: member.name,
          isActive: true,
          account: accountOf(member, false),
          invitation: null,
        })),
        ...invitations.filter(isOutside).map((invitation) => ({
          userId: invitation.portalUserId,
          name: null,
          isActive: true,
          account: null,
          invitation: pending(invitation),
        })),
      ],
      grantable: grantableBy(access),
    };
  }

  /** Throws `Rejection` PORTAL_UNKNOWN, ROLE_NOT_YOURS_TO_GIVE, PORTAL_USER_UNKNOWN, PORTAL_USER_TAKEN. */
  async invite(portalId: string, { role, userId }: InvitationBody, access: Access): Promise<CreatedLinkView> {
    const portal = await this.portals.get(portalId);
    refuseUngrantable(access, role);
    if (userId !== undefined) {
      const user = (await this.people.users(portal)).find((one) => one.userId === userId);
      if (!user) throw new Rejection('PORTAL_USER_UNKNOWN', 'The portal has no user with this id.');
      if (!user.isActive) {
        throw new Rejection('PORTAL_USER_UNKNOWN', 'The portal has dismissed this user. Take them back there first.');
      }
      if ((await this.memberships.of(portalId)).some(({ portalUserId }) => portalUserId === userId)) {
        throw new Rejection('PORTAL_USER_TAKEN', 'This employee has an account already.');
      }
    }
    const link = await this.links.create({
      kind: 'invitation',
      role,
      portalId,
      portalUserId: userId ?? null,
      createdBy: access.accountId,
    });
    noteForAudit({ object: link.linkId, details: { role, userId: userId ?? null } });
    return linkView(link);
  }

  /** Throws `Rejection` INVITATION_UNKNOWN or ROLE_NOT_YOURS_TO_GIVE. */
  async withdrawInvitation(portalId: string, invitationId: string, access: Access): Promise<void> {
    const invitation = (await this.links.invitations(portalId)).find(({ linkId }) => linkId === invitationId);
    if (invitation?.role) refuseUngrantable(access, invitation.role);
    await this.links.withdraw(portalId, invitationId);
  }

  /** Throws `Rejection` PERSON_UNKNOWN, ROLE_NOT_YOURS_TO_GIVE or SELLER_WITHOUT_USER. */
  async changeRole(portalId: string, accountId: string, role: PortalRole, access: Access): Promise<void> {
    refuseOneself(access, accountId);
    const member = await this.changeable(portalId, accountId, access);
    refuseUngrantable(access, role);
    if (role === 'seller' && member?.portalUserId === null) {
      throw new Rejection(
        'SELLER_WITHOUT_USER',
        'A seller has to be a user of the portal. Invite the person from the list of its users.',
      );
    }
    await this.memberships.changeRole(portalId, accountId, role);
    noteForAudit({ details: { role } });
  }

  /** Throws `Rejection` PERSON_UNKNOWN or ROLE_NOT_YOURS_TO_GIVE. */
  async withdraw(portalId: string, accountId: string, access: Access): Promise<void> {
    await this.changeable(portalId, accountId, access);
    await this.memberships.withdraw(portalId, accountId);
  }

  async substitutionsOf(portalId: string): Promise<SubstitutionList> {
    await this.portals.get(portalId);
    return {
      items: (await this.substitutions.of(portalId)).map((one) => ({
        substitutionId: one.substitutionId,
        absent: { accountId: one.absentId, name: one.absentName },
        substitute: { accountId: one.substituteId, name: one.substituteName },
        startsAt: one.startsAt.toISOString(),
        endsAt: one.endsAt.toISOString(),
      })),
    };
  }

  /** Throws `Rejection` PERSON_UNKNOWN, ROLE_NOT_YOURS_TO_GIVE or SUBSTITUTION_INVALID. */
  async substitute(portalId: string, body: SubstitutionBody, access: Access): Promise<{ substitutionId: string }> {
    await this.portals.get(portalId);
    refuseOneself(access, body.substituteId);
    // Standing in for somebody gives their role: one may only lend what one may give.
    await this.changeable(portalId, body.absentId, access);
    const substitutionId = await this.substitutions.arrange({
      portalId,
      absentId: body.absentId,
      substituteId: body.substituteId,
      startsAt: new Date(body.startsAt),
      endsAt: new Date(body.endsAt),
      createdBy: access.accountId,
    });
    noteForAudit({
      object: substitutionId,
      details: { absent: body.absentId, substitute: body.substituteId, from: body.startsAt, to: body.endsAt },
    });
    return { substitutionId };
  }

  /** Throws `Rejection` SUBSTITUTION_UNKNOWN. */
  cancelSubstitution(portalId: string, substitutionId: string): Promise<void> {
    return this.substitutions.cancel(portalId, substitutionId);
  }

  private async changeable(portalId: string, accountId: string, access: Access) {
    const member = await this.memberships.memberIn(portalId, accountId);
    if (member) refuseUngrantable(access, member.role);
    return member;
  }
}

/** Roles that somebody may give in the portal of the request. */
export function grantableBy({ held, portalId }: Pick<Access, 'held' | 'portalId'>): PortalRole[] {
  const there = held.filter((one) => one.portalId === null || one.portalId === portalId);
  const given = new Set<Role>(there.flatMap(({ role }) => grantableRoles[role] ?? []));
  return portalRoles.filter((role) => given.has(role));
}

/** A role that is held for some days only must not become one's own. */
function refuseOneself(access: Access, accountId: string): void {
  if (access.accountId !== accountId) return;
  throw new Rejection('ROLE_NOT_YOURS_TO_GIVE', 'Nobody gives themselves a role. Ask the integrator.');
}

function refuseUngrantable(access: Access, role: Role): void {
  if (grantableBy(access).some((one) => one === role)) return;
  throw new Rejection(
    'ROLE_NOT_YOURS_TO_GIVE',
    'Your role does not let you give or take this one. Ask the integrator.',
  );
}

/** The token stands in the fragment, which browsers send to no server. */
export function linkView({ linkId, token, expiresAt }: CreatedLink): CreatedLinkView {
  return { linkId, path: `/link#${token}`, expiresAt: expiresAt.toISOString() };
}
