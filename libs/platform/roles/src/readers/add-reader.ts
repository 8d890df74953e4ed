import { Rejection } from '@funnelwatch/kernel';
import type pg from 'pg';
import { refuseWrongPassword } from '../login-password.js';
import { roleOf } from '../privileges.js';
import { scramVerifier } from '../scram-verifier.js';
import { refuseWrongName } from './reader-name.js';
import { readReaderRole, roleIsNoReader } from './reader-role.js';
import { inReaderTransaction, withReaderSession } from './reader-session.js';
import { restrainReader } from './reader-settings.js';

export interface ReaderToAdd {
  /** The login of the database. */
  login: string;
  /** Ids of the portals it sees, at least one; `all` for those of the future too. */
  portals: readonly string[] | 'all';
  /** Stays what it was when left out; a new login needs one. */
  password?: string;
}

/**
 * Makes a login that reads the named portals and nothing else, or gives one that is there these portals in place of those
 * it had: in one transaction, so that its open sessions see the old ones or the new ones. Throws `Rejection`
 * READER_NAME_INVALID, READER_NAME_RESERVED, READER_PORTALS_UNCLEAR, LOGIN_PASSWORD_INVALID, READER_PASSWORD_MISSING,
 * ROLE_IS_NO_READER, PORTAL_UNKNOWN, READERS_NOT_ALLOWED, DATABASE_NOT_PREPARED.
 */
export async function addReader(url: string, reader: ReaderToAdd): Promise<{ isNew: boolean }> {
  const { login, portals, password } = reader;
  refuseWrongName(login);
  if (portals.length === 0) {
    throw new Rejection('READER_PORTALS_UNCLEAR', 'Name at least one portal that the login sees, or all of them.');
  }
  if (password !== undefined) refuseWrongPassword(login, password);
  const verifier = password === undefined ? null : await scramVerifier(password);
  return withReaderSession(url, (client) =>
    inReaderTransaction(client, async () => {
      const isNew = await ensureRole(client, login, verifier);
      await givePortals(client, login, portals);
      return { isNew };
    }),
  );
}

async function ensureRole(client: pg.Client, login: string, verifier: string | null): Promise<boolean> {
  const name = client.escapeIdentifier(login);
  const known = await readReaderRole(client, login);
  if (known && (!known.isReader || known.hasMore)) throw roleIsNoReader(login);
  const secret = verifier === null ? '' : `PASSWORD ${client.escapeLiteral(verifier)}`;
  if (known) {
    await client.query(`ALTER ROLE ${name} LOGIN ${secret}`);
  } else if (verifier === null) {
    throw new Rejection(
      'READER_PASSWORD_MISSING',
      `There is no login ${login} yet, so that it needs a password: --password-file.`,
    );
  } else {
    await client.query(
      `CREATE ROLE ${name} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS ${secret}
         IN ROLE ${roleOf('read')}`,
    );
  }
  for (const statement of restrainReader(name)) await client.query(statement);
  return known === null;
}

async function givePortals(client: pg.Client, login: string, portals: readonly string[] | 'all'): Promise<void> {
  const ids = portals === 'all' ? [null] : [...new Set(portals)];
  if (portals !== 'all') await refuseUnknownPortals(client, portals);
  await client.query('DELETE FROM registry.reader_role WHERE role_name = $1', [login]);
  await client.query('INSERT INTO registry.reader_role (role_name, portal_id) SELECT $1, unnest($2::uuid[])', [
    login,
    ids,
  ]);
}

async function refuseUnknownPortals(client: pg.Client, portals: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ portal: string }>(
    `SELECT portal_id::text AS portal FROM registry.portal WHERE portal_id = ANY ($1::uuid[]) AND status <> 'removed'`,
    [portals],
  );
  const known = new Set(rows.map(({ portal }) => portal));
  const unknown = portals.find((portal) => !known.has(portal));
  if (unknown !== undefined) throw new Rejection('PORTAL_UNKNOWN', `There is no portal ${unknown}.`);
}
