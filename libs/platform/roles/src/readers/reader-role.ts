import { Rejection } from '@funnelwatch/kernel';
import type { ClientBase } from 'pg';
import { roleOf } from '../privileges.js';

export interface ReaderRole {
  /** In the group of readers and in no other, and without any attribute that lets it do more. */
  isReader: boolean;
  /** It owns something, or was given a right by itself, in any database of the server. */
  hasMore: boolean;
}

/** What is known of the role of a name; null when there is none. */
export async function readReaderRole(client: ClientBase, login: string): Promise<ReaderRole | null> {
  const { rows } = await client.query<ReaderRole>(
    `SELECT NOT (rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls)
              AND ARRAY(SELECT DISTINCT roleid FROM pg_auth_members WHERE member = role.oid) = ARRAY[to_regrole($2)::oid]
              AS "isReader",
            EXISTS (SELECT FROM pg_shdepend WHERE refclassid = 'pg_authid'::regclass AND refobjid = role.oid) AS "hasMore"
       FROM pg_roles role WHERE rolname = $1`,
    [login, roleOf('read')],
  );
  return rows[0] ?? null;
}

export const roleIsNoReader = (login: string): Rejection =>
  new Rejection(
    'ROLE_IS_NO_READER',
    `There is a role ${login} in this server that is no reader: it may do more, or is in other groups. Take another name.`,
  );
