import type { HeldRole } from '@funnelwatch/identity-contracts';
import { Rejection } from '@funnelwatch/kernel';
import { inScope, withTransaction } from '@funnelwatch/postgres';
import type pg from 'pg';
import { refuseLastIntegrator } from '../memberships/memberships.js';

export interface Account {
  accountId: string;
  name: string;
  email: string;
  isDemo: boolean;
  createdAt: Date;
}

export interface AccountWithRoles extends Account {
  lastSeenAt: Date | null;
  roles: { role: HeldRole['role']; portalId: string | null }[];
}

/** People who can sign in. */
export class Accounts {
  constructor(private readonly pool: pg.Pool) {}

  /** Throws `Rejection` ACCOUNT_UNKNOWN. */
  async get(accountId: string): Promise<Account> {
    const { rows } = await this.pool.query<Account>(`${selectAccount} WHERE id = $1`, [accountId]);
    return known(rows[0]);
  }

  /** Throws `Rejection` ACCOUNT_UNKNOWN. */
  async byEmail(email: string): Promise<Account> {
    const { rows } = await this.pool.query<Account>(`${selectAccount} WHERE email = $1`, [email.trim().toLowerCase()]);
    return known(rows[0]);
  }

  /** Everybody, by name, with the roles they hold themselves. */
  async list(): Promise<AccountWithRoles[]> {
    const { rows } = await this.pool.query<AccountWithRoles>(
      `SELECT id AS "accountId", name, email, is_demo AS "isDemo", created_at AS "createdAt",
              (SELECT max(session.updated_at) FROM identity.session WHERE session.account_id = account.id) AS "lastSeenAt",
              coalesce((SELECT jsonb_agg(jsonb_build_object('role', role, 'portalId', portal_id) ORDER BY granted_at)
                          FROM identity.membership WHERE membership.account_id = account.id), '[]') AS roles
         FROM identity.account ORDER BY name, id`,
    );
    return rows;
  }

  /**
   * Removes an account with its roles, sessions and links; the audit keeps its id, which names nobody then. Throws
   * `Rejection` ACCOUNT_UNKNOWN or LAST_INTEGRATOR.
   */
  async remove(accountId: string): Promise<void> {
    await inScope('all', () =>
      withTransaction(this.pool, async (client) => {
        await refuseLastIntegrator(client, null, accountId, null);
        const { rowCount } = await client.query('DELETE FROM identity.account WHERE id = $1', [accountId]);
        if (!rowCount) known(undefined);
      }),
    );
  }

  /** Names by id, for lists that hold ids. */
  async names(accountIds: readonly string[]): Promise<Map<string, string>> {
    const { rows } = await this.pool.query<{ id: string; name: string }>(
      'SELECT id, name FROM identity.account WHERE id = ANY ($1)',
      [[...new Set(accountIds)]],
    );
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

const selectAccount = `SELECT id AS "accountId", name, email, is_demo AS "isDemo", created_at AS "createdAt"
  FROM identity.account`;

function known(account: Account | undefined): Account {
  if (!account) throw new Rejection('ACCOUNT_UNKNOWN', 'There is no such account.');
  return account;
}
