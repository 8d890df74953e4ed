import type { StoredEvent } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { EVENT_COLUMNS, readEvents } from './read-events.js';

/** Events of a bucket after a position, in order. */
export async function readBucket(
  pool: Pool,
  bucket: number,
  afterPosition: number,
  limit: number,
): Promise<StoredEvent[]> {
  return readEvents(pool, bucket, {
    name: 'log.read_bucket',
    text: `SELECT ${EVENT_COLUMNS} FROM log.event
            WHERE bucket = $1 AND "position" > $2 ORDER BY "position" LIMIT $3`,
    values: [bucket, afterPosition, limit],
  });
}
