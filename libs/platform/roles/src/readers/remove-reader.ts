import { Rejection } from '@funnelwatch/kernel';
import pg from 'pg';
import { refuseWrongName } from './reader-name.js';
import { readReaderRole, roleIsNoReader } from './reader-role.js';
import { inReaderTransaction, withReaderSession } from './reader-session.js';

/** How long a session that is told to end may take. */
const ENDING_MS = 5_000;

/**
 * Takes a reader its portals, ends its sessions and removes its login; completes what was interrupted when repeated.
 * Resolves with the ids of the portals it saw, null among them for all. Throws `Rejection` READER_NAME_INVALID,
 * READER_NAME_RESERVED, READER_UNKNOWN, ROLE_IS_NO_READER, READER_NOT_REMOVABLE, READERS_NOT_ALLOWED,
 * DATABASE_NOT_PREPARED.
 */
export async function removeReader(url: string, login: string): Promise<{ portals: (string | null)[] }> {
  refuseWrongName(login);
  return withReaderSession(url, async (client) => {
    // First nothing to see and no way in, then the sessions, then the name: a session of a role that is gone would live on.
    const { portals, isRole } = await inReaderTransaction(client, () => shutOut(client, login));
    if (isRole) {
      await client.query('SELECT pg_terminate_backend(pid, $2) FROM pg_stat_activity WHERE usename = $1', [
        login,
        ENDING_MS,
      ]);
      await inReaderTransaction(client, () => dropRole(client, login));
    }
    return { portals };
  });
}

async function shutOut(client: pg.Client, login: string): Promise<{ portals: (string | null)[]; isRole: boolean }> {
  const role = await readReaderRole(client, login);
  if (role && !role.isReader) throw roleIsNoReader(login);
  if (role) await client.query(`ALTER ROLE ${client.escapeIdentifier(login)} NOLOGIN`);
  const { rows } = await client.query<{ portal: string | null }>(
    'DELETE FROM registry.reader_role WHERE role_name = $1 RETURNING portal_id::text AS portal',
    [login],
  );
  if (!role && rows.length === 0) {
    throw new Rejection('READER_UNKNOWN', `There is no reader ${login}. List them with: funnelwatch reader list`);
  }
  return { portals: rows.map(({ portal }) => portal), isRole: role !== null };
}

async function dropRole(client: pg.Client, login: string): Promise<void> {
  try {
    await client.query(`DROP ROLE IF EXISTS ${client.escapeIdentifier(login)}`);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '2BP01') throw error;
    throw new Rejection(
      'READER_NOT_REMOVABLE',
      `${login} sees nothing and cannot log in any more. Its name stays, as it owns something or was given rights by hand: let an administrator of the server take these away, and repeat the command.`,
      { cause: error },
    );
  }
}
