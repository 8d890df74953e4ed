import type { HeldRole, Role } from '@funnelwatch/identity-contracts';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { inScope, withTransaction } from '@funnelwatch/postgres';
import type pg from 'pg';
import { inScopeOf } from '../scope.js';

/** Somebody's role in a portal. */
export interface Member {
  accountId: string;
  name: string;
  email: string;
  role: Role;
  portalUserId: string | null;
  grantedAt: Date;
  lastSeenAt: Date | null;
  isDemo: boolean;
}

/** Who has which role where. */
export class Memberships {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Clock,
  ) {}

  /**
   * Every role the account holds at this moment: its own, and those it was lent by people it stands in for, where it has a
   * role itself. Whether the portal has dismissed the user of a role is not looked at here.
   */
  async heldBy(accountId: string): Promise<HeldRole[]> {
    const ask = () =>
      this.pool.query<HeldRole>({
        name: 'identity.held_roles',
        text: `SELECT role, portal_id AS "portalId", portal_user_id AS "portalUserId", NULL::uuid AS "insteadOf"
               FROM identity.membership WHERE account_id = $1
             UNION ALL
             SELECT absent.role, absent.portal_id, absent.portal_user_id, absent.account_id
               FROM identity.substitution AS standing
               JOIN identity.membership AS own
                 ON own.account_id = standing.substitute_id AND own.portal_id = standing.portal_id
               JOIN identity.membership AS absent
                 ON absent.account_id = standing.absent_id AND absent.portal_id = standing.portal_id AND absent.role = standing.role
              WHERE standing.substitute_id = $1 AND standing.cancelled_at IS NULL
                AND standing.starts_at <= $2 AND standing.ends_at > $2`,
        values: [accountId, this.clock.now()],
      });
    return (await inScope('all', ask)).rows;
  }

  /** People with a role in the portal, or with null in the whole installation, by name. */
  async of(portalId: string | null): Promise<Member[]> {
    const { rows } = await inScopeOf(portalId, () =>
      this.pool.query<Member>(
        `SELECT account_id AS "accountId", name, email, role, portal_user_id AS "portalUserId", is_demo AS "isDemo",
              granted_at AS "grantedAt",
              (SELECT max(session.updated_at) FROM identity.session WHERE session.account_id = account.id) AS "lastSeenAt"
         FROM identity.membership JOIN identity.account ON account.id = membership.account_id
        WHERE portal_id IS NOT DISTINCT FROM $1
        ORDER BY name, account_id`,
        [portalId],
      ),
    );
    return rows;
  }

  /** The role an account has in the portal itself, and as which of its users; null when it has none. */
  async memberIn(portalId: string, accountId: string): Promise<Pick<Member, 'role' | 'portalUserId'> | null> {
    const { rows } = await this.pool.query<Pick<Member, 'role' | 'portalUserId'>>(
      `SELECT role, portal_user_id AS "portalUserId" FROM identity.membership
        WHERE portal_id = $1 AND account_id = $2`,
      [portalId, accountId],
    );
    return rows[0] ?? null;
  }

  /** Throws `Rejection` PERSON_UNKNOWN or LAST_INTEGRATOR. */
  async changeRole(portalId: string | null, accountId: string, role: Role): Promise<void> {
    await inScopeOf(portalId, () =>
      withTransaction(this.pool, async (client) => {
        await refuseLastIntegrator(client, portalId, accountId, role);
        const { rowCount } = await client.query(
          'UPDATE identity.membership SET role = $3 WHERE portal_id IS NOT DISTINCT FROM $1 AND account_id = $2',
          [portalId, accountId, role],
        );
        if (!rowCount) throw personUnknown();
      }),
    );
  }

  /** Takes the role away; the account stays. Throws `Rejection` PERSON_UNKNOWN or LAST_INTEGRATOR. */
  async withdraw(portalId: string | null, accountId: string): Promise<void> {
    await inScopeOf(portalId, () =>
      withTransaction(this.pool, async (client) => {
        await refuseLastIntegrator(client, portalId, accountId, null);
        const { rowCount } = await client.query(
          'DELETE FROM identity.membership WHERE portal_id IS NOT DISTINCT FROM $1 AND account_id = $2',
          [portalId, accountId],
        );
        if (!rowCount) throw personUnknown();
        await client.query(
          `UPDATE identity.substitution SET cancelled_at = $3
            WHERE portal_id = $1 AND $2 IN (absent_id, substitute_id) AND cancelled_at IS NULL`,
          [portalId, accountId, this.clock.now()],
        );
      }),
    );
  }

  /** Whether anybody can manage the whole installation. */
  async hasIntegrator(): Promise<boolean> {
    const { rows } = await inScope('all', () =>
      this.pool.query<{ exists: boolean }>(
        `SELECT EXISTS (SELECT FROM identity.membership WHERE portal_id IS NULL AND role = 'integrator')`,
      ),
    );
    return rows[0]?.exists ?? false;
  }
}

/** Throws `Rejection` LAST_INTEGRATOR when nobody but the account could manage the installation. */
export async function refuseLastIntegrator(
  client: pg.PoolClient,
  portalId: string | null,
  accountId: string,
  next: Role | null,
): Promise<void> {
  if (portalId !== null || next === 'integrator') return;
  // Two who take each other's role at once must not both succeed.
  const { rows } = await client.query<{ accountId: string }>(
    `SELECT account_id AS "accountId" FROM identity.membership
      WHERE portal_id IS NULL AND role = 'integrator' ORDER BY account_id FOR UPDATE`,
  );
  if (rows.length === 1 && rows[0]?.accountId === accountId) {
    throw new Rejection(
      'LAST_INTEGRATOR',
      'This is the only integrator. Invite another one first, or nobody could manage the installation.',
    );
  }
}

export const personUnknown = (): Rejection =>
  new Rejection('PERSON_UNKNOWN', 'There is no such person here. The access may have been withdrawn already.');
