import type { Pool } from 'pg';

export interface BucketLag {
  bucket: number;
  /** Events appended and not yet applied. */
  events: number;
  /** Age of the oldest of them by our clock of recording; 0 when there is none. */
  seconds: number;
  /** True when an event cannot be applied and the bucket waits at it. */
  isStopped: boolean;
}

/** How far a projection is behind the log, for every bucket that holds events. */
export async function readProjectionLag(pool: Pool, projection: string): Promise<BucketLag[]> {
  const { rows } = await pool.query<BucketLag>({
    name: 'projector-lag',
    text: `SELECT counter.bucket, (counter."position" - coalesce(checkpoint."position", 0))::int AS events,
                  greatest(coalesce(extract(epoch FROM clock_timestamp() - oldest.recorded_at), 0), 0)::float8 AS seconds,
                  coalesce(checkpoint.status = 'stopped', false) AS "isStopped"
             FROM log.counter
             LEFT JOIN log.checkpoint ON checkpoint.projection = $1 AND checkpoint.bucket = counter.bucket
             LEFT JOIN log.event oldest
               ON oldest.bucket = counter.bucket AND oldest."position" = coalesce(checkpoint."position", 0) + 1
            WHERE counter."position" > 0
            ORDER BY counter.bucket`,
    values: [projection],
  });
  return rows;
}
