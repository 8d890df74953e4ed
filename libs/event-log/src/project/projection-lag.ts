import type { Pool } from 'pg';

/** How far one projection is in one bucket. */
export interface ProjectionLag {
  projection: string;
  bucket: number;
  /** Position of the last event of the bucket. */
  head: number;
  /** Position up to which the read model is committed. */
  position: number;
  /** Events appended and not yet applied or set aside. */
  events: number;
  /** Age of the oldest of them by the log's clock of recording; 0 when there is none. */
  seconds: number;
  /** `stopped` where the bucket as a whole cannot go on, with the reason in `errorCode`. */
  status: 'running' | 'stopped';
  stoppedAt: number | null;
  errorCode: string | null;
}

/** How far projections are behind the log, for every bucket that holds events; `projection` narrows to one. */
export async function readProjectionLag(pool: Pool, projection?: string): Promise<ProjectionLag[]> {
  const { rows } = await pool.query<ProjectionLag>({
    name: 'projection.lag',
    text: `SELECT projection, bucket, head, "position", events, seconds, status, stopped_at AS "stoppedAt",
                  error_code AS "errorCode"
             FROM read.ops_lag
            WHERE $1::text IS NULL OR projection = $1
            ORDER BY projection, bucket`,
    values: [projection ?? null],
  });
  return rows;
}
