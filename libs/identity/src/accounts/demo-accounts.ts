import { randomUUID } from 'node:crypto';
import { type Role, roles } from '@funnelwatch/identity-contracts';
import type { Clock } from '@funnelwatch/kernel';
import { inScope, withTransaction } from '@funnelwatch/postgres';
import type pg from 'pg';
import { createAccount } from '../links/use-link.js';

const emailOf = (role: Role): string => `${role}@demo.invalid`;

const names: Record<Role, string> = {
  integrator: 'Demo integrator',
  operations: 'Demo operations',
  curator: 'Demo curator',
  head: 'Demo head of sales',
  seller: 'Demo seller',
  viewer: 'Demo viewer',
};

/**
 * The account of a role for looking around in a simulated portal, made when it is first asked for. It has no password
 * and no role but in this portal. `portalUserId` is whose figures a demo seller sees, null while nobody is known.
 */
export async function demoAccount(
  { pool, clock }: { pool: pg.Pool; clock: Clock },
  role: Role,
  portalId: string,
  portalUserId: string | null,
): Promise<{ accountId: string }> {
  const now = clock.now();
  return inScope('all', () =>
    withTransaction(pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock(hashtext($1))', [emailOf(role)]);
      const { rows } = await client.query<{ id: string }>(
        'SELECT id FROM identity.account WHERE email = $1 AND is_demo',
        [emailOf(role)],
      );
      const accountId =
        rows[0]?.id ??
        (await createAccount(client, { email: emailOf(role), name: names[role], isDemo: true }, null, now));
      await client.query('DELETE FROM identity.membership WHERE account_id = $1 AND portal_id IS DISTINCT FROM $2', [
        accountId,
        portalId,
      ]);
      await client.query(
        `INSERT INTO identity.membership (membership_id, account_id, portal_id, role, portal_user_id, granted_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (account_id, portal_id) DO UPDATE SET role = $4, portal_user_id = $5`,
        [randomUUID(), accountId, portalId, role, role === 'seller' ? portalUserId : null, now],
      );
      return { accountId };
    }),
  );
}

/** Ends the sessions and roles of the demo accounts, where they are not offered any more; their links end with the roles. */
export async function endDemoSessions(pool: pg.Pool): Promise<void> {
  await pool.query(
    'DELETE FROM identity.session USING identity.account WHERE account.id = session.account_id AND is_demo',
  );
  await inScope('all', () =>
    pool.query(
      'DELETE FROM identity.membership USING identity.account WHERE account.id = membership.account_id AND is_demo',
    ),
  );
}

/** Roles that can be tried in a simulated portal. */
export const demoRoles = roles;
