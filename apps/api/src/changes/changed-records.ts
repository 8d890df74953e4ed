import { entityOf } from '@funnelwatch/capture-contracts';
import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import type { Change } from './changes.schemas.js';

const shownRecords = 50;

/** Which records of a portal a stretch of the log touched. Plain SQL through `pg`: one walk along the primary key. */
export class ChangedRecords {
  constructor(private readonly pool: Pool) {}

  /**
   * Null when the stretch `(after, through]` holds nothing of the portal. Only records that one of `owners` is responsible
   * for are named; all of them for null.
   */
  async between(
    portal: PortalAddress,
    after: number,
    through: number,
    owners: readonly string[] | null,
  ): Promise<Change | null> {
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
    const touched = rows.flatMap(({ streamId }) => entityOf(streamId) ?? []);
    const records = owners === null ? touched : await this.ownedBy(portal, touched, owners);
    return {
      position: `${portal.bucket}:${through}`,
      events: rows.reduce((total, { events }) => total + events, 0),
      kinds: [...new Set(rows.map(({ streamId }) => kindOf(streamId)))].sort(),
      records: records.slice(0, shownRecords).map(({ kind, id }) => ({ kind, id })),
      more: records.length > shownRecords,
    };
  }

  private async ownedBy<R extends { kind: string; id: string }>(
    portal: PortalAddress,
    records: R[],
    owners: readonly string[],
  ): Promise<R[]> {
    const { rows } = await this.pool.query<{ kind: string; id: string }>(
      `SELECT kind, object_id AS id FROM read.record JOIN unnest($3::text[], $4::text[]) AS asked (kind, object_id)
                                                      USING (kind, object_id)
        WHERE bucket = $1 AND portal_id = $2 AND owner_id = ANY ($5)`,
      [portal.bucket, portal.portalId, records.map(({ kind }) => kind), records.map(({ id }) => id), owners],
    );
    const owned = new Set(rows.map(({ kind, id }) => `${kind}:${id}`));
    return records.filter(({ kind, id }) => owned.has(`${kind}:${id}`));
  }
}

/** `deal:12` → `deal`; other streams by their first word: `pipelines`, `stage-meaning`, `capture`. */
function kindOf(streamId: string): string {
  return streamId.split(':', 1)[0] ?? streamId;
}
