import { int4Array, uuidArray } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { laneConditions } from './lanes.js';
import type { QueuePortal } from './queue-filter.js';

/** How much lies in the queue of a portal. */
export interface QueueLoad {
  portalId: string;
  /** Cases of the lane `queue`. */
  open: number;
  /** Those of them whose time for a verdict is over. */
  overdue: number;
  /** How long the most overdue one has been so; 0 where none is. */
  oldestOverdueSeconds: number;
}

const inQueue = laneConditions.queue.replaceAll(
  '$silenced',
  `EXISTS (SELECT FROM silence
            WHERE silence.bucket = row.bucket AND silence.portal_id = row.portal_id
              AND silence."ruleId" IN ('', row.rule_id) AND silence."userId" IN ('', row.responsible)
              AND silence.about IN ('', row.about))`,
);

/** One question for any number of portals, `$1` their buckets and `$2` their ids. */
export const queueLoadsQuery = `
  WITH place AS MATERIALIZED (SELECT * FROM unnest($1::int[], $2::uuid[]) AS place (bucket, portal_id)),
       silence AS MATERIALIZED (
         SELECT decided.bucket, decided.portal_id, told.*
           FROM place JOIN read.discipline decided USING (bucket, portal_id),
                json_to_recordset(coalesce(decided.settings -> 'silences', '[]'))
             AS told ("ruleId" text, "userId" text, about text, until timestamptz)
          WHERE told.until > now())
  SELECT place.portal_id AS "portalId", load.*
    FROM place CROSS JOIN LATERAL (
         SELECT count(*)::int AS open, count(*) FILTER (WHERE row.due_at < now())::int AS overdue,
                greatest(coalesce(extract(epoch FROM now() - min(row.due_at)), 0), 0)::float8 AS "oldestOverdueSeconds"
           FROM read.violation_case row
          WHERE row.bucket = place.bucket AND row.portal_id = place.portal_id AND ${inQueue}) AS load`;

/**
 * How much lies in the queues of portals. It looks at open cases alone, so that a long past costs nothing; silences are read
 * once and not for every case.
 */
export async function queueLoads(pool: Pool, portals: readonly QueuePortal[]): Promise<QueueLoad[]> {
  const { rows } = await pool.query<QueueLoad>({
    name: 'curation.queue_loads',
    text: queueLoadsQuery,
    values: [int4Array(portals.map(({ bucket }) => bucket)), uuidArray(portals.map(({ portalId }) => portalId))],
  });
  return rows;
}
