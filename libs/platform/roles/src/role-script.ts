import { groupNames, type Login, loginGroups, loginNameOf, roleOf } from './privileges.js';
import { restrainReader } from './readers/reader-settings.js';

/** Makes a role unless it is there, also when another session makes it at the same moment. */
export const createRole = (role: string, attributes: string): string =>
  `DO $$ BEGIN CREATE ROLE ${role} ${attributes};
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$`;

export const createGroups = groupNames.map((group) => createRole(roleOf(group), 'NOLOGIN'));

/** Condition for functions of the server that write where only tables should, and that nothing of ours calls. */
export const writesByItself = `proname IN ('lo_creat', 'lo_create', 'lo_from_bytea', 'pg_logical_emit_message')`;

/** What a migrating login without rights on roles cannot do itself; kept in infra/postgres/roles.sql. */
export function roleScript(): string {
  const logins = Object.keys(loginGroups) as Login[];
  const blocks = [
    `-- Roles of Funnelwatch, for an administrator of the server, when the login that runs "funnelwatch migrate" may not
-- create roles. May be run again. What the roles may do to which table is granted by "funnelwatch migrate".
-- This text is printed by "funnelwatch migrate --print-roles".`,
    ['-- Groups.', ...createGroups.map((statement) => `${statement};`)].join('\n'),
    [
      "-- Logins; give each a password of its own: ALTER ROLE funnelwatch_api PASSWORD '…';",
      ...logins.flatMap((login) => [
        `${createRole(loginNameOf(login), 'LOGIN')};`,
        `GRANT ${loginGroups[login].map(roleOf).join(', ')} TO ${loginNameOf(login)};`,
      ]),
    ].join('\n'),
    [
      '-- Whoever uses Grafana may send any SQL.',
      ...restrainReader(loginNameOf('grafana')).map((statement) => `${statement};`),
    ].join('\n'),
    `-- Nobody writes but into our tables.
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ DECLARE statement text; BEGIN
  FOR statement IN SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure) FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND ${writesByItself}
  LOOP EXECUTE statement; END LOOP;
END $$;`,
    `-- The owner of all tables makes schemas. \`operator\` may migrate.
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${roleOf('migrate')}', current_database()); END $$;`,
  ];
  return `${blocks.join('\n\n')}\n`;
}
