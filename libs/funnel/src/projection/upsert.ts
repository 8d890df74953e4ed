import { textArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';

/** `text[]` of words people typed: PostgreSQL cannot store a NUL, which JSON can carry. */
export const wordArray = (values: readonly (string | null)[]): Buffer =>
  textArray(values.map((value) => value?.replaceAll('\0', '') ?? null));

/** Type of the array that carries a column; columns not named are text. */
const columnTypes: Record<string, string> = {
  portal_id: 'uuid',
  event_id: 'uuid',
  occurred_at: 'timestamptz',
  entered_at: 'timestamptz',
  left_at: 'timestamptz',
  valid_from: 'timestamptz',
  version_from: 'timestamptz',
  created_at: 'timestamptz',
  modified_at: 'timestamptz',
  gone_at: 'timestamptz',
  move_order: 'bigint',
  amount_kopecks: 'bigint',
  position: 'bigint',
  last_position: 'bigint',
  sequence: 'int',
  sort: 'int',
  place: 'int',
  ordinal: 'int',
  visit_count: 'int',
  is_withdrawn: 'bool',
  is_first_entry: 'bool',
  is_first_in_pipeline: 'bool',
  is_active: 'bool',
  is_default: 'bool',
  is_removed: 'bool',
  parts: 'json',
};

/** How a column is read from the array where a plain cast does not do. */
const readAs: Record<string, string> = { semantics: 'semantics::"char"' };

/**
 * Inserts or overwrites rows of one table of the read models in one statement. `columns` holds one binary array a column, all
 * of the same length; keys are unique within them.
 */
export async function upsert(
  client: PoolClient,
  { schema, bucket }: { schema: string; bucket: number },
  table: string,
  key: readonly string[],
  columns: Record<string, Buffer>,
  expressions: Record<string, string> = {},
): Promise<void> {
  const names = Object.keys(columns);
  // An array without a row has no dimension: its header says so.
  if (Object.values(columns)[0]?.readInt32BE(0) === 0) return;
  const arrays = names.map((name, index) => `$${index + 2}::${columnTypes[name] ?? 'text'}[]`);
  const values = names.map((name) => expressions[name] ?? readAs[name] ?? name);
  const others = names.filter((name) => !key.includes(name));
  await client.query({
    name: `${schema}-save-${table}`,
    text: `INSERT INTO ${schema}.${table} (bucket, ${names.join(', ')})
           SELECT $1, ${values.join(', ')} FROM unnest(${arrays.join(', ')}) AS saved (${names.join(', ')})
           ON CONFLICT (bucket, ${key.join(', ')})
           DO UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    values: [bucket, ...Object.values(columns)],
  });
}
