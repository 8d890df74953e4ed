import type { Pool, PoolClient } from 'pg';

/** The name of this life of the log; a restored log has another one. */
export async function readIncarnation(source: Pool | PoolClient): Promise<string> {
  const { rows } = await source.query<{ id: string }>('SELECT id FROM log.incarnation');
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The log has no incarnation: its database was not migrated');
  return id;
}
