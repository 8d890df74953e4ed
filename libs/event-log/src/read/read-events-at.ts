import type { StoredEvent } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { PortalAddress } from '../port.js';
import { EVENT_COLUMNS, readEvents } from './read-events.js';

/** Events of a portal at the positions given, in position order; positions of other portals answer nothing. */
export function readEventsAt(
  pool: Pool,
  { portalId, bucket }: PortalAddress,
  positions: readonly number[],
): Promise<StoredEvent[]> {
  return readEvents(pool, bucket, {
    name: 'log.read_at',
    text: `SELECT ${EVENT_COLUMNS} FROM log.event
            WHERE bucket = $1 AND portal_id = $2 AND "position" = ANY ($3::bigint[]) ORDER BY "position"`,
    values: [bucket, portalId, positions],
  });
}
