import { entityOf } from '@funnelwatch/capture-contracts';
import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import type { Change } from './changes.schemas.js';

const shownRecords = 50;

/** Which records of a portal a stretch of the log touched. Plain SQL through `pg`: one walk along the primary key. */
export class ChangedRecords {
  constructor(private readonly pool: Pool) {}

  /** Null when the stretch `(after, through]` holds nothing of the portal. */
  async between(portal: PortalAddress, after: number, through: number): Promise<Change | null> {
    const { rows } = await this.pool.query<{ streamId: string; events: number }>({
      name: 'api.changed_records',
      text: `SELECT stream_id AS "streamId", count(*) AS events
               FROM log.event
              WHERE bucket = $1 AND "position" > $2 AND "position" <= $3 AND portal_id = $4
              GROUP BY stream_id
              ORDER BY max("position") DESC`,
      values: [portal.bucket, after, through, portal.portalId],
    });
    if (rows.length === 0) return null;
    const records = rows.flatMap(({ streamId }) => entityOf(streamId) ?? []);
    return {
      position: `${portal.bucket}:${through}`,
      events: rows.reduce((total, { events }) => total + events, 0),
      kinds: [...new Set(rows.map(({ streamId }) => kindOf(streamId)))].sort(),
      records: records.slice(0, shownRecords).map(({ kind, id }) => ({ kind, id })),
      more: records.length > shownRecords,
    };
  }
}

/** `deal:12` → `deal`; other streams by their first word: `pipelines`, `stage-meaning`, `capture`. */
function kindOf(streamId: string): string {
  return streamId.split(':', 1)[0] ?? streamId;
}
