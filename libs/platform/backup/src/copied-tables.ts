import type { PoolClient } from 'pg';

/**
 * Schemas whose rows cannot be made again, in the order they are filled. Read models can, and so can the figures that are
 * published from them: both are left out.
 */
const DATA_SCHEMAS = ['capture', 'log', 'registry', 'identity', 'writeback'];
const KEY_SCHEMAS = ['keys'];
/** What belongs to processes that run, to read models, or to this life of the log. */
const LEFT_OUT = new Set([
  'capture.lease',
  'identity.session',
  'identity.sign_in_attempts',
  'identity.verification',
  'log.checkpoint',
  'log.incarnation',
  'log.lease',
  'log.member',
  'log.projection_version',
  'log.quarantine',
  'log.scratch',
  'log.verification',
]);

export interface TableToCopy {
  table: string;
  columns: string[];
}

export const dataTables = (client: PoolClient): Promise<TableToCopy[]> => tablesIn(client, DATA_SCHEMAS);
export const keyTables = (client: PoolClient): Promise<TableToCopy[]> => tablesIn(client, KEY_SCHEMAS);

async function tablesIn(client: PoolClient, schemas: readonly string[]): Promise<TableToCopy[]> {
  const { rows } = await client.query<TableToCopy>(
    `SELECT nspname || '.' || relname AS table, array_agg(attname::text ORDER BY attnum) AS columns
       FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
       JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
      WHERE relkind = 'r' AND nspname = ANY ($1::text[])
      GROUP BY nspname, relname ORDER BY array_position($1::text[], nspname::text), relname`,
    [schemas],
  );
  return rows.filter(({ table }) => !LEFT_OUT.has(table));
}

/** Quoted for a statement; the names come from the catalogue or from a checked manifest. */
export const columnList = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(', ');
