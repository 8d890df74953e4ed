import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import type { OurObject } from './our-objects.js';
import { roleOf } from './privileges.js';
import { asksAsReader, policiesOf, type Policy } from './walls.js';

interface WallRow {
  reference: string;
  isWalled: boolean;
  isInvoker: boolean;
  /** Comments of the policies: what they were made from. */
  marks: string[];
  policies: string[];
}

/**
 * Gives tables their policies and has views ask with the rights of their readers, as stated in `walls.ts`. What stands as
 * stated is not touched: changing a table waits for everybody who uses it.
 */
export async function applyWalls(client: ClientBase, objects: readonly OurObject[]): Promise<void> {
  const present = new Set(objects.map(({ schema, name }) => `${schema}.${name}`));
  const walls = new Map((await readWalls(client)).map((row) => [row.reference, row]));
  for (const { kind, schema, name, reference } of objects) {
    const wall = walls.get(reference);
    if (kind === 'view' && wall && !wall.isInvoker && asksAsReader(schema, name)) {
      await client.query(`ALTER VIEW ${reference} SET (security_invoker = true)`);
    }
    if (kind !== 'table' || !wall) continue;
    const policies = existing(policiesOf(schema, name) ?? [], present);
    if (wall.isWalled === policies.length > 0 && sameMarks(wall.marks, policies)) continue;
    for (const policy of wall.policies) await client.query(`DROP POLICY ${policy} ON ${reference}`);
    await client.query(`ALTER TABLE ${reference} ${policies.length > 0 ? 'ENABLE' : 'DISABLE'} ROW LEVEL SECURITY`);
    for (const policy of policies) await client.query(createPolicy(policy, reference));
  }
  await dropOtherSnapshots(client, existing(policiesOf('log', 'event') ?? [], present));
}

/** Tables that have a portal and no policies stated, or policies and no portal. */
export function wrongWalls(objects: readonly OurObject[]): string[] {
  return objects
    .filter(({ kind, schema, name, hasPortal }) => {
      if (kind === 'view') return hasPortal && !asksAsReader(schema, name);
      const policies = policiesOf(schema, name);
      return kind === 'table' && (policies === null || policies.length > 0 !== hasPortal);
    })
    .map(({ schema, name }) => `${schema}.${name}`);
}

async function readWalls(client: ClientBase): Promise<WallRow[]> {
  const { rows } = await client.query<WallRow>(`
    SELECT format('%I.%I', nspname, relname) AS reference, relrowsecurity AS "isWalled",
           coalesce('security_invoker=true' = ANY (reloptions), false) AS "isInvoker",
           array(SELECT coalesce(obj_description(pg_policy.oid, 'pg_policy'), '') FROM pg_policy
                  WHERE polrelid = pg_class.oid ORDER BY 1) AS marks,
           array(SELECT quote_ident(polname) FROM pg_policy WHERE polrelid = pg_class.oid) AS policies
      FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relkind IN ('r', 'p', 'v')`);
  return rows;
}

/**
 * Snapshots of the past are owned by the program that reads them, so that their policies cannot be changed here. Those
 * with other ones go, and are made again when somebody asks.
 */
async function dropOtherSnapshots(client: ClientBase, policies: readonly Policy[]): Promise<void> {
  const { rows } = await client.query<{ schema: string }>(
    `SELECT DISTINCT nspname AS schema FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
      WHERE nspname ~ '^travel_[0-9]+$' AND relkind = 'r'
        AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'portal_id')
        AND (NOT relforcerowsecurity OR $1::text[] <> array(
              SELECT coalesce(obj_description(pg_policy.oid, 'pg_policy'), '') FROM pg_policy
               WHERE polrelid = pg_class.oid ORDER BY 1))`,
    [policies.map(markOf).sort()],
  );
  for (const { schema } of rows) {
    await client.query(`DROP SCHEMA IF EXISTS ${schema}_read CASCADE`);
    await client.query(`DROP SCHEMA ${schema} CASCADE`);
  }
}

/** Policies whose tables are part of the database: specs make parts of it. */
const existing = (policies: readonly Policy[], present: ReadonlySet<string>): Policy[] =>
  policies.filter(({ asks }) => asks === undefined || present.has(asks));

const definitionOf = ({ command, groups, expression }: Policy): string =>
  `FOR ${command} TO ${groups.map(roleOf).join(', ')} USING (${expression})`;

const markOf = (policy: Policy): string =>
  createHash('sha256')
    .update(`${policy.name} ${definitionOf(policy)}`)
    .digest('hex')
    .slice(0, 16);

const sameMarks = (marks: readonly string[], policies: readonly Policy[]): boolean =>
  marks.join() === policies.map(markOf).sort().join();

const createPolicy = (policy: Policy, reference: string): string =>
  `CREATE POLICY ${policy.name} ON ${reference} ${definitionOf(policy)};
   COMMENT ON POLICY ${policy.name} ON ${reference} IS '${markOf(policy)}'`;
