import { Rejection } from '@funnelwatch/kernel';
import pg from 'pg';
import { refuseWrongPassword } from './login-password.js';
import { isPassing } from './passing-error.js';
import { type Group, groupNames, type Login, loginGroups, loginNameOf, roleOf } from './privileges.js';
import { restrainReader } from './readers/reader-settings.js';
import { createRole } from './role-script.js';
import { scramVerifier } from './scram-verifier.js';

export interface EnsureLoginsOptions {
  url: string;
  /** Passwords by login; logins that are not named are left as they are. */
  passwords: Partial<Record<Login, string>>;
}

const ATTEMPTS = 20;

/**
 * Makes the logins that are named, gives them their passwords and puts them into their groups, which exist already
 * (`applyRoles`), and out of all others. Throws `LOGIN_PASSWORD_INVALID`, `ROLES_NOT_ALLOWED`.
 */
export async function ensureLogins(options: EnsureLoginsOptions): Promise<void> {
  const entries = Object.entries(options.passwords) as [Login, string][];
  for (const [login, password] of entries) refuseWrongPassword(loginNameOf(login), password);
  const client = new pg.Client({ connectionString: options.url, application_name: 'funnelwatch-roles' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (const [login, password] of entries) await ensureLogin(client, login, await scramVerifier(password));
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42501') throw error;
    throw new Rejection(
      'ROLES_NOT_ALLOWED',
      'This login may not create the logins of the programs. Let an administrator of the server run infra/postgres/roles.sql and give the passwords.',
      { cause: error },
    );
  } finally {
    await client.end();
  }
}

async function ensureLogin(client: pg.Client, login: Login, verifier: string): Promise<void> {
  const name = loginNameOf(login);
  await client.query(createRole(name, 'LOGIN'));
  const groups: readonly Group[] = loginGroups[login];
  const others = groupNames.filter((group) => !groups.includes(group));
  const { rows } = await client.query<{ role: string }>(
    `SELECT role.rolname AS role FROM pg_auth_members JOIN pg_roles role ON role.oid = roleid
       JOIN pg_roles login ON login.oid = member WHERE login.rolname = $1 AND role.rolname = ANY ($2)`,
    [name, others.map(roleOf)],
  );
  const statements = [
    `ALTER ROLE ${name} LOGIN PASSWORD '${verifier}'`,
    `GRANT ${groups.map(roleOf).join(', ')} TO ${name}`,
    // Of an earlier version.
    ...rows.map(({ role }) => `REVOKE ${role} FROM ${name}`),
    // Its SQL comes from browsers.
    ...(login === 'grafana' ? restrainReader(name) : []),
  ];
  for (const statement of statements) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.query(statement);
        break;
      } catch (error) {
        if (!isPassing(error) || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
      }
    }
  }
}
