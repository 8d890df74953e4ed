import { withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import type { ReadModel } from './read-model.js';

export interface Scratch {
  /** Schema with the empty tables of the model. */
  schema: string;
  /** Name under which what cannot be applied stands in quarantine. */
  slot: string;
}

/**
 * Runs `work` with tables of the model in a schema of their own, which is dropped whatever happens: by this process, or
 * when it is killed by the next that needs one. Holds one connection of the pool until the work ends.
 */
export async function withScratch<Result>(
  pool: Pool,
  model: ReadModel,
  work: (scratch: Scratch) => Promise<Result>,
): Promise<Result> {
  const holder = await pool.connect();
  let id: number | undefined;
  try {
    const { rows } = await holder.query<{ id: number }>('SELECT log.create_scratch($1) AS id', [model.name]);
    const made = rows[0]?.id ?? 0;
    id = made;
    const scratch = { schema: `scratch_${made}`, slot: `${model.name}@scratch_${made}` };
    await withTransaction(pool, (client) => model.createTables(client, scratch.schema));
    return await work(scratch);
  } finally {
    // What cannot be dropped now is dropped by the next one, once this connection is closed.
    if (id !== undefined) await holder.query('SELECT log.drop_scratch($1)', [id]).catch(() => undefined);
    holder.release(true);
  }
}
