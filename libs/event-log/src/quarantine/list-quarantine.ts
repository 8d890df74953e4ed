import type { Pool } from 'pg';

/** An event that a projection set aside: ids, codes and times, never its data. */
export interface QuarantinedEvent {
  id: number;
  projection: string;
  bucket: number;
  position: number;
  portalId: string;
  streamId: string;
  eventId: string;
  eventType: string;
  schemaVersion: number;
  /** `poison`: it could not be applied. `queued`: it waits behind an earlier event of its stream. */
  status: 'poison' | 'queued';
  /** Null while queued. */
  reasonCode: string | null;
  /** Name of the error's class, null where there was none. */
  errorClass: string | null;
  /** How often it was tried. */
  attempts: number;
  /** When it failed first, or was queued. */
  firstFailedAt: Date;
  lastFailedAt: Date | null;
  retryRequestedAt: Date | null;
  ageSeconds: number;
}

export interface QuarantineFilter {
  projection?: string | undefined;
  portalId?: string | undefined;
}

export interface QuarantinePage {
  /** Id of the last event of the page before. */
  afterId?: number | undefined;
  limit: number;
}

/** Quarantined events in the order in which they were set aside. */
export async function listQuarantine(
  pool: Pool,
  filter: QuarantineFilter,
  page: QuarantinePage,
): Promise<QuarantinedEvent[]> {
  const { rows } = await pool.query<QuarantinedEvent>({
    name: 'quarantine.list',
    text: `SELECT id, projection, bucket, "position", portal_id AS "portalId", stream_id AS "streamId",
                  event_id AS "eventId", event_type AS "eventType", schema_version AS "schemaVersion", status,
                  reason_code AS "reasonCode", error_class AS "errorClass", attempts,
                  first_failed_at AS "firstFailedAt", last_failed_at AS "lastFailedAt",
                  retry_requested_at AS "retryRequestedAt", age_seconds AS "ageSeconds"
             FROM read.ops_quarantine
            WHERE id > $1 AND ($2::text IS NULL OR projection = $2) AND ($3::uuid IS NULL OR portal_id = $3)
            ORDER BY id LIMIT $4`,
    values: [page.afterId ?? 0, filter.projection ?? null, filter.portalId ?? null, page.limit],
  });
  return rows;
}
