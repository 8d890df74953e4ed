import { Rejection } from '@funnelwatch/kernel';
import pg from 'pg';
import { applyWalls, wrongWalls } from './apply-walls.js';
import { readOurObjects, type OurObject, unstated } from './our-objects.js';
import { isPassing } from './passing-error.js';
import { functionPrivileges, type Grants, type Group, grantsOf, groupNames, roleOf } from './privileges.js';
import { createGroups, writesByItself } from './role-script.js';

export interface ApplyRolesOptions {
  url: string;
  applicationName?: string;
}

export interface RolesReport {
  /** Tables, views and functions whose privileges are stated nowhere: nobody but their owner may use them. */
  unstated: string[];
  /** Tables and views with rows of portals whose walls are stated nowhere, or stated and impossible. */
  unwalled: string[];
}

const ADVISORY_LOCK = 7_312_009_003;
const ATTEMPTS = 20;
const owner = roleOf('migrate');

/**
 * Makes the group roles where they are missing, gives all objects of our schemas to `funnelwatch_migrate` and grants
 * what is stated, with the walls between portals, in one transaction; may be repeated and runs beside programs that work. New tables are to be made
 * before it: `migrate` first. Throws `ROLES_NOT_ALLOWED` when roles are missing and the login may not make them.
 */
export async function applyRoles(options: ApplyRolesOptions): Promise<RolesReport> {
  const client = new pg.Client({
    connectionString: options.url,
    application_name: options.applicationName ?? 'funnelwatch-roles',
    options: '-c lock_timeout=5s',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await applyOnce(client);
      } catch (error) {
        await client.query('ROLLBACK');
        if (attempt === ATTEMPTS || !isPassing(error)) throw translated(error);
        await new Promise((resolve) => setTimeout(resolve, 20 * attempt));
      }
    }
  } finally {
    await client.end();
  }
}

async function applyOnce(client: pg.Client): Promise<RolesReport> {
  await client.query('BEGIN');
  await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
  await createMissingGroups(client);
  await letOwnerCreate(client);
  await takeFromEverybody(client);
  await dropForeignSnapshots(client);
  const objects = await readOurObjects(client);
  for (const object of objects) if (object.owner !== owner) await client.query(changeOwner(object));
  for (const statement of privilegeStatements(objects)) await client.query(statement);
  await applyWalls(client, objects);
  await client.query('COMMIT');
  return { unstated: unstated(objects), unwalled: wrongWalls(objects) };
}

/**
 * Snapshots of the past that were made before there were roles: nobody may use or drop them any more, and they are made
 * again when somebody asks.
 */
async function dropForeignSnapshots(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `SELECT quote_ident(nspname) AS schema FROM pg_namespace
      WHERE nspname ~ '^travel_[0-9]+(_read)?$' AND nspowner <> $1::regrole ORDER BY nspname DESC`,
    [owner],
  );
  for (const { schema } of rows) await client.query(`DROP SCHEMA ${schema} CASCADE`);
}

async function createMissingGroups(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)', [
    groupNames.map(roleOf),
  ]);
  const present = new Set(rows.map((row) => row.rolname));
  if (groupNames.every((group) => present.has(roleOf(group)))) return;
  for (const statement of createGroups) await client.query(statement);
}

async function letOwnerCreate(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ may: boolean; statement: string }>(
    `SELECT has_database_privilege($1, current_database(), 'CREATE') AS may,
            format('GRANT CREATE ON DATABASE %I TO %I', current_database(), $1::text) AS statement`,
    [owner],
  );
  const [found] = rows;
  if (found && !found.may) await client.query(found.statement);
}

/** Temporary tables, and tables in `public` before version 15: they would fill the disk, and nothing of ours makes any. */
const tablesOfEverybody = `
  SELECT format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()) AS statement
   WHERE has_database_privilege('public', current_database(), 'TEMPORARY')
  UNION ALL
  SELECT 'REVOKE CREATE ON SCHEMA public FROM PUBLIC'
    FROM pg_namespace WHERE nspname = 'public' AND has_schema_privilege('public', oid, 'CREATE')`;

/** Functions of the server by which every login writes: large objects, and words into the journal. */
const writingFunctions = `
  SELECT format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', oid::regprocedure) AS statement
    FROM pg_proc
   WHERE pronamespace = 'pg_catalog'::regnamespace AND ${writesByItself} AND pg_has_role(proowner, 'USAGE')
     AND has_function_privilege('public', oid, 'EXECUTE')`;

/** Takes from everybody what PostgreSQL leaves to every login. Throws `ROLES_NOT_ALLOWED` where tables stay theirs. */
async function takeFromEverybody(client: pg.Client): Promise<void> {
  const taking = async (question: string): Promise<string[]> =>
    (await client.query<{ statement: string }>(question)).rows.map(({ statement }) => statement);
  for (const statement of [...(await taking(tablesOfEverybody)), ...(await taking(writingFunctions))]) {
    await client.query(statement);
  }
  // Only the owner of the database may: to anybody else the server says nothing worse than a warning.
  if ((await taking(tablesOfEverybody)).length > 0) throw notAllowed();
}

const changeOwner = ({ kind, reference }: OurObject): string => `ALTER ${kind} ${reference} OWNER TO ${owner}`;

/** Names the columns that `(all but …)` stands for. */
const withColumns = (privileges: string, columns: readonly string[]): string =>
  privileges.replace(/\(all but ([^)]*)\)/g, (_all, excepted: string) => {
    const left = columns.filter((column) => !excepted.split(', ').includes(column));
    return `(${left.join(', ')})`;
  });

/** Takes away whatever the groups had and grants what is stated; within a transaction nobody sees the moment between. */
function privilegeStatements(objects: readonly OurObject[]): string[] {
  const groups = groupNames.filter((group) => group !== 'migrate');
  const everybody = [...groups.map(roleOf), 'PUBLIC'].join(', ');
  const statements: string[] = [];
  const usedSchemas = new Map<string, Set<Group>>();
  for (const { kind, schema, name, reference, columns } of objects) {
    if (kind === 'schema') continue;
    if (kind === 'function') {
      const allowed = functionPrivileges[`${schema}.${name}`] ?? [];
      statements.push(`REVOKE ALL ON FUNCTION ${reference} FROM ${everybody}`);
      for (const group of allowed) {
        statements.push(`GRANT EXECUTE ON FUNCTION ${reference} TO ${roleOf(group)}`);
        noteUse(usedSchemas, schema, group);
      }
      continue;
    }
    statements.push(`REVOKE ALL ON ${reference} FROM ${everybody}`);
    if (kind === 'sequence') continue;
    const grants: Grants = grantsOf(schema, name) ?? {};
    for (const group of groups) {
      const privileges = grants[group];
      if (privileges === undefined) continue;
      statements.push(`GRANT ${withColumns(privileges, columns)} ON ${reference} TO ${roleOf(group)}`);
      noteUse(usedSchemas, schema, group);
    }
  }
  for (const { kind, schema, reference } of objects) {
    if (kind !== 'schema') continue;
    statements.push(`REVOKE ALL ON SCHEMA ${reference} FROM ${everybody}`);
    const users = [...(usedSchemas.get(schema) ?? [])].map(roleOf);
    if (users.length > 0) statements.push(`GRANT USAGE ON SCHEMA ${reference} TO ${users.join(', ')}`);
  }
  return statements;
}

function noteUse(used: Map<string, Set<Group>>, schema: string, group: Group): void {
  const groups = used.get(schema) ?? new Set<Group>();
  groups.add(group);
  used.set(schema, groups);
}

/** A right is missing, or transactions of this login only read. */
const translated = (error: unknown): unknown =>
  error instanceof pg.DatabaseError && ['42501', '25006'].includes(error.code ?? '') ? notAllowed(error) : error;

const notAllowed = (cause?: unknown): Rejection =>
  new Rejection(
    'ROLES_NOT_ALLOWED',
    'This login may not set up the roles of the database. Let an administrator of the server run infra/postgres/roles.sql there, and take the login funnelwatch_operator, or one that may create roles.',
    { cause },
  );
