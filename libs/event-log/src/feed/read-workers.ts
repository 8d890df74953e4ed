import type { Pool } from 'pg';

/** A worker that says it is alive, and what it holds. */
export interface Worker {
  /** The group whose buckets it shares: the name of a projection, for its workers. */
  group: string;
  /** Name it gave itself. */
  name: string;
  /** In order; empty for one that waits for a share. */
  buckets: number[];
}

/** Workers alive at this moment, by group. */
export async function readWorkers(pool: Pool): Promise<Worker[]> {
  const { rows } = await pool.query<Worker>({
    name: 'worker.alive',
    text: `SELECT group_name AS "group", worker AS name,
                  coalesce(array_agg(bucket ORDER BY bucket) FILTER (WHERE bucket IS NOT NULL), '{}') AS buckets
             FROM read.ops_worker GROUP BY group_name, worker ORDER BY group_name, worker`,
  });
  return rows;
}
