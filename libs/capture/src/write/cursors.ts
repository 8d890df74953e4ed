import type { PortalAddress } from '@funnelwatch/event-log';
import type { JsonValue } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { CaptureTransaction } from './capture-writer.js';

/** Positions of all feeds of a portal. */
export async function loadCursors(pool: Pool, portal: PortalAddress): Promise<Map<string, JsonValue>> {
  const { rows } = await pool.query<{ feed: string; position: JsonValue }>(
    'SELECT feed, position FROM capture.cursor WHERE portal_id = $1',
    [portal.portalId],
  );
  return new Map(rows.map((row) => [row.feed, row.position]));
}

/** Moves cursors in the transaction of what was read up to them. */
export async function saveCursors(unit: CaptureTransaction, positions: Record<string, JsonValue>): Promise<void> {
  const feeds = Object.keys(positions);
  if (feeds.length === 0) return;
  await unit.tx.query({
    name: 'capture.save_cursors',
    text: `INSERT INTO capture.cursor (bucket, portal_id, feed, position)
           SELECT $1, $2, new.* FROM unnest($3::text[], $4::json[]) AS new
           ON CONFLICT (portal_id, feed) DO UPDATE SET position = excluded.position, updated_at = clock_timestamp()`,
    values: [
      unit.portal.bucket,
      unit.portal.portalId,
      feeds,
      Object.values(positions).map((position) => JSON.stringify(position)),
    ],
  });
}
