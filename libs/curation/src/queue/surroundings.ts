import type { Pool } from 'pg';
import type { QueuePortal } from './queue-filter.js';

/** Positions of the facts of a record, and of what hangs on it, next to an instant: so many before (it included) and after. */
export async function positionsAround(
  pool: Pool,
  { portalId, bucket }: QueuePortal,
  about: string,
  at: Date,
  reach: number,
): Promise<number[]> {
  const { rows } = await pool.query<{ position: number }>(
    `WITH streams AS (
       SELECT $3::text AS stream_id
        UNION SELECT child FROM read.rule_link WHERE bucket = $1 AND portal_id = $2 AND parent = $3
     ), facts AS (
       SELECT fact.position, fact.occurred_at FROM streams
         JOIN read.rule_fact fact ON fact.bucket = $1 AND fact.portal_id = $2 AND fact.stream_id = streams.stream_id
        WHERE fact.verb <> 'MatchesFound'
     )
     (SELECT position FROM facts WHERE occurred_at <= $4 ORDER BY occurred_at DESC, position DESC LIMIT $5 + 1)
     UNION ALL
     (SELECT position FROM facts WHERE occurred_at > $4 ORDER BY occurred_at, position LIMIT $5)`,
    [bucket, portalId, about, at, reach],
  );
  return rows.map(({ position }) => position);
}
