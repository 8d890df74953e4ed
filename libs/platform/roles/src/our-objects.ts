import type { ClientBase } from 'pg';
import { functionPrivileges, grantsOf, isOurSchema } from './privileges.js';

export interface OurObject {
  kind: 'schema' | 'table' | 'view' | 'sequence' | 'function';
  schema: string;
  name: string;
  /** The object as it stands in ALTER and GRANT, quoted. */
  reference: string;
  owner: string;
  /** A table or view with a column portal_id. */
  hasPortal: boolean;
  /** Of a table or view, in order. */
  columns: string[];
}

interface ObjectRow extends Omit<OurObject, 'kind'> {
  kind: OurObject['kind'] | null;
}

/** Everything in our schemas, schemas first; sequences of identity columns go with their table and are left out. */
export async function readOurObjects(client: ClientBase): Promise<OurObject[]> {
  const { rows } = await client.query<ObjectRow>(`
    SELECT 'schema' AS kind, nspname AS schema, nspname AS name, quote_ident(nspname) AS reference,
           pg_get_userbyid(nspowner) AS owner, false AS "hasPortal", '{}'::text[] AS columns
      FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
    UNION ALL
    SELECT CASE relkind WHEN 'r' THEN 'table' WHEN 'p' THEN 'table' WHEN 'v' THEN 'view' WHEN 'S' THEN 'sequence' END,
           nspname, relname, format('%I.%I', nspname, relname), pg_get_userbyid(relowner),
           EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation.oid AND attname = 'portal_id' AND NOT attisdropped),
           ARRAY(SELECT quote_ident(attname) FROM pg_attribute
                  WHERE attrelid = relation.oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum)
      FROM pg_class relation JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relkind IN ('r', 'p', 'v', 'S') AND NOT EXISTS (
             SELECT FROM pg_depend
              WHERE classid = 'pg_class'::regclass AND objid = relation.oid AND deptype IN ('i', 'a') AND relkind = 'S')
    UNION ALL
    SELECT 'function', nspname, proname, oid_of.signature, pg_get_userbyid(proowner), false, '{}'
      FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
     CROSS JOIN LATERAL (SELECT format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(pg_proc.oid))
                         AS signature) oid_of
    ORDER BY 2, 3, 4`);
  const ours = rows.filter(
    (row) => isOurSchema(row.schema) || (row.schema === 'public' && row.name === 'schema_migration'),
  );
  const objects = ours.filter((row): row is OurObject => row.kind !== null);
  return [...objects.filter(({ kind }) => kind === 'schema'), ...objects.filter(({ kind }) => kind !== 'schema')];
}

/** Names of tables, views and functions whose privileges are stated nowhere. */
export function unstated(objects: readonly OurObject[]): string[] {
  return objects
    .filter(({ kind, schema, name }) => {
      if (kind === 'schema' || kind === 'sequence') return false;
      return kind === 'function' ? !(`${schema}.${name}` in functionPrivileges) : grantsOf(schema, name) === null;
    })
    .map(({ schema, name }) => `${schema}.${name}`);
}
