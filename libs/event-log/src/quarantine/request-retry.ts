import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { QuarantineFilter } from './list-quarantine.js';

export interface RequestedRetry {
  /** Streams that will be tried again. */
  streams: number;
  /** Events that wait in them. */
  events: number;
}

/**
 * Asks the worker to try an event again, with all that waits in its stream: order within a stream is kept, so an event
 * in the middle is never tried alone. Asking twice is harmless. Throws `Rejection` QUARANTINED_EVENT_UNKNOWN.
 */
export async function requestRetry(pool: Pool, id: number): Promise<RequestedRetry> {
  const requested = await request(
    pool,
    `(projection, bucket, portal_id, stream_id) IN
       (SELECT projection, bucket, portal_id, stream_id FROM log.quarantine WHERE id = $1)`,
    [id],
  );
  if (requested.events > 0) return requested;
  throw new Rejection(
    'QUARANTINED_EVENT_UNKNOWN',
    `No event ${id} is in quarantine. It may have been applied meanwhile: look at the list again.`,
    { details: { id } },
  );
}

/** Asks the workers to try everything again; `filter` narrows to one projection or portal. */
export async function requestRetryOfAll(pool: Pool, filter: QuarantineFilter = {}): Promise<RequestedRetry> {
  return request(pool, `($1::text IS NULL OR projection = $1) AND ($2::uuid IS NULL OR portal_id = $2)`, [
    filter.projection ?? null,
    filter.portalId ?? null,
  ]);
}

async function request(pool: Pool, which: string, values: unknown[]): Promise<RequestedRetry> {
  // Locked in the order in which a worker drains, so that the two cannot wait for each other.
  const { rows } = await pool.query<RequestedRetry>(
    `WITH chosen AS (
       SELECT projection, bucket, "position" FROM log.quarantine WHERE ${which}
        ORDER BY projection, bucket, "position" FOR UPDATE
     ), marked AS (
       UPDATE log.quarantine AS waiting
          SET retry_requested_at = coalesce(waiting.retry_requested_at, clock_timestamp())
         FROM chosen
        WHERE (waiting.projection, waiting.bucket, waiting."position") = (chosen.projection, chosen.bucket, chosen."position")
       RETURNING waiting.projection, waiting.bucket, waiting.portal_id, waiting.stream_id
     )
     SELECT count(*) AS events, count(DISTINCT (projection, bucket, portal_id, stream_id)) AS streams FROM marked`,
    values,
  );
  return rows[0] ?? { streams: 0, events: 0 };
}
