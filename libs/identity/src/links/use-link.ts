import { randomUUID } from 'node:crypto';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { inScope, withTransaction } from '@funnelwatch/postgres';
import type pg from 'pg';
import { hashPassword } from '../auth/password-hash.js';
import { type FoundLink, hashOfToken, type OneTimeLinks, usedLink } from './one-time-links.js';

/** Who comes by the link: a new person, or one who has an account and is signed in. */
type LinkUser = { email: string; name: string; password: string } | { accountId: string };

/**
 * Uses a first link or an invitation up: makes the account where there is none, and gives it the role. Throws
 * `Rejection` LINK_UNKNOWN, LINK_USED, LINK_EXPIRED, EMAIL_TAKEN, ROLE_HELD_ALREADY, PORTAL_USER_TAKEN. Of two who use a
 * link at once one is told that it is used.
 */
export async function joinByLink(
  { pool, links, clock }: { pool: pg.Pool; links: OneTimeLinks; clock: Clock },
  token: string,
  user: LinkUser,
): Promise<{ accountId: string; link: FoundLink }> {
  const link = await links.find(token);
  if (link.kind === 'reset') throw usedElsewhere();
  const passwordHash = 'password' in user ? await hashPassword(user.password) : null;
  const now = clock.now();
  // The link says which portal it is about.
  const accountId = await inScope('all', () =>
    withTransaction(pool, async (client) => {
      await takeLink(client, token, now);
      const id = 'accountId' in user ? user.accountId : await createAccount(client, user, passwordHash ?? '', now);
      await grant(client, link, id, now);
      return id;
    }),
  );
  return { accountId, link };
}

/** Sets a new password by a reset link and ends every session of the account. Throws as `joinByLink`. */
export async function resetByLink(
  { pool, links, clock }: { pool: pg.Pool; links: OneTimeLinks; clock: Clock },
  token: string,
  password: string,
): Promise<{ accountId: string }> {
  const link = await links.find(token);
  const { accountId } = link;
  if (link.kind !== 'reset' || accountId === null) throw usedElsewhere();
  const passwordHash = await hashPassword(password);
  const now = clock.now();
  await inScope('all', () =>
    withTransaction(pool, async (client) => {
      await takeLink(client, token, now);
      await client.query(
        `INSERT INTO identity.credential (id, account_id, provider_id, provider_account_id, password, created_at, updated_at)
       VALUES ($1, $2::uuid, 'credential', $2::uuid::text, $3, $4, $4)
       ON CONFLICT (account_id, provider_id) DO UPDATE SET password = $3, updated_at = $4`,
        [randomUUID(), accountId, passwordHash, now],
      );
      await client.query('DELETE FROM identity.session WHERE account_id = $1', [accountId]);
    }),
  );
  return { accountId };
}

async function takeLink(client: pg.PoolClient, token: string, now: Date): Promise<void> {
  const { rowCount } = await client.query(
    `UPDATE identity.one_time_link SET used_at = $2
      WHERE token_hash = $1 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2`,
    [hashOfToken(token), now],
  );
  if (!rowCount) throw usedLink();
}

/** Throws `Rejection` EMAIL_TAKEN. */
export async function createAccount(
  client: pg.PoolClient,
  user: { email: string; name: string; isDemo?: boolean },
  passwordHash: string | null,
  now: Date,
): Promise<string> {
  const id = randomUUID();
  const { rowCount } = await client.query(
    `INSERT INTO identity.account (id, email, name, is_demo, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)
     ON CONFLICT (email) DO NOTHING`,
    [id, user.email.trim().toLowerCase(), user.name, user.isDemo ?? false, now],
  );
  if (!rowCount) {
    throw new Rejection(
      'EMAIL_TAKEN',
      'There is an account with this e-mail. Sign in with it first, then open the link again.',
    );
  }
  if (passwordHash === null) return id;
  await client.query(
    `INSERT INTO identity.credential (id, account_id, provider_id, provider_account_id, password, created_at, updated_at)
     VALUES ($1, $2::uuid, 'credential', $2::uuid::text, $3, $4, $4)`,
    [randomUUID(), id, passwordHash, now],
  );
  return id;
}

async function grant(client: pg.PoolClient, link: FoundLink, accountId: string, now: Date): Promise<void> {
  try {
    await client.query(
      `INSERT INTO identity.membership
         (membership_id, account_id, portal_id, role, portal_user_id, granted_by, granted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [randomUUID(), accountId, link.portalId, link.role, link.portalUserId, link.createdBy, now],
    );
  } catch (error) {
    throw translated(error);
  }
}

function translated(error: unknown): unknown {
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : null;
  if (constraint === 'membership_of_portal_user') {
    return new Rejection('PORTAL_USER_TAKEN', 'This employee has an account already.', { cause: error });
  }
  if (constraint === 'membership_account_id_portal_id_key') {
    return new Rejection(
      'ROLE_HELD_ALREADY',
      'The account has a role there already. Ask for it to be changed, or sign out and use the link as somebody else.',
      { cause: error },
    );
  }
  return error;
}

const usedElsewhere = (): Rejection =>
  new Rejection('LINK_UNKNOWN', 'This link is for something else. Open it as it was sent.');
