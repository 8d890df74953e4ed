import { Memberships } from '@funnelwatch/identity';
import type { HeldRole } from '@funnelwatch/identity-contracts';
import { inScope } from '@funnelwatch/postgres';
import type { Pool } from 'pg';

export interface EffectiveRoles {
  held: HeldRole[];
  /** Every role the account has of its own belongs to a user whom the portal has dismissed. */
  isSuspended: boolean;
}

/** The roles of an account, without those of users whom the portal has dismissed. */
export class HeldRoles {
  constructor(
    private readonly pool: Pool,
    private readonly memberships: Memberships,
  ) {}

  async of(accountId: string): Promise<EffectiveRoles> {
    const roles = await this.memberships.heldBy(accountId);
    const dismissed = await this.dismissed(roles);
    const isDismissed = ({ portalId, portalUserId }: HeldRole) => dismissed.has(`${portalId} ${portalUserId}`);
    const own = roles.filter(({ insteadOf }) => insteadOf === null);
    const isSuspended = own.length > 0 && own.every(isDismissed);
    // Whoever was dismissed by a portal stands in for nobody there; whoever stands in for a dismissed person finishes the work.
    const lost = new Set(own.filter(isDismissed).map(({ portalId }) => portalId));
    const held = isSuspended ? [] : roles.filter(({ portalId }) => portalId === null || !lost.has(portalId));
    return { held, isSuspended };
  }

  private async dismissed(roles: HeldRole[]): Promise<Set<string>> {
    const users = roles.filter(({ portalUserId, insteadOf }) => portalUserId !== null && insteadOf === null);
    if (users.length === 0) return new Set();
    const portalIds = [...new Set(users.flatMap(({ portalId }) => portalId ?? []))];
    const ask = () =>
      this.pool.query<{ portalId: string; userId: string }>({
        name: 'api.dismissed_users',
        text: `SELECT portal_id AS "portalId", user_id AS "userId"
               FROM unnest($1::uuid[], $2::text[]) AS asked (portal_id, user_id)
               JOIN registry.portal USING (portal_id)
               JOIN read.person USING (bucket, portal_id, user_id)
              WHERE NOT is_active`,
        values: [users.map(({ portalId }) => portalId), users.map(({ portalUserId }) => portalUserId)],
      });
    // Before it is known what the request may see.
    const { rows } = await inScope(portalIds, ask);
    return new Set(rows.map(({ portalId, userId }) => `${portalId} ${userId}`));
  }
}
