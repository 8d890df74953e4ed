import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool, PoolClient } from 'pg';

export interface BackfillListing {
  listing: string;
  /** Records read so far, and how many there were when the backfill began; null until counted. */
  done: number;
  total: number | null;
  state: 'waiting' | 'running' | 'done' | 'unavailable';
  /** Why the portal does not give this listing. */
  code: string | null;
  message: string | null;
  startedAt: string | null;
  updatedAt: string;
  finishedAt: string | null;
}

interface ProgressRow {
  listing: string;
  done: number;
  total: number | null;
  state: BackfillListing['state'];
  code: string | null;
  message: string | null;
  started_at: Date | null;
  updated_at: Date;
  finished_at: Date | null;
}

/** Progress of each listing in the order of the backfill; empty before the portal was counted. */
export async function readBackfillProgress(pool: Pool | PoolClient, portalId: string): Promise<BackfillListing[]> {
  const { rows } = await pool.query<ProgressRow>(
    `SELECT listing, done, total, state, code, message, started_at, updated_at, finished_at
       FROM capture.backfill_progress WHERE portal_id = $1 ORDER BY ordinal`,
    [portalId],
  );
  return rows.map((row) => ({
    listing: row.listing,
    done: row.done,
    total: row.total,
    state: row.state,
    code: row.code,
    message: row.message,
    startedAt: row.started_at?.toISOString() ?? null,
    updatedAt: row.updated_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }));
}

/** Puts the listings down in order; those known already stay as they are. */
export async function planListings(
  tx: PoolClient,
  portal: PortalAddress,
  listings: { listing: string; total: number | null; refusal: { code: string; message: string } | null }[],
): Promise<void> {
  for (const [ordinal, { listing, total, refusal }] of listings.entries()) {
    await tx.query(
      `INSERT INTO capture.backfill_progress (bucket, portal_id, listing, ordinal, total, state, code, message)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [
        portal.bucket,
        portal.portalId,
        listing,
        ordinal,
        total,
        refusal ? 'unavailable' : 'waiting',
        refusal?.code ?? null,
        refusal?.message ?? null,
      ],
    );
  }
}

/** Adds rows read to a listing; `isEnd` finishes it. */
export async function advanceListing(
  tx: PoolClient,
  portal: PortalAddress,
  listing: string,
  rows: number,
  isEnd: boolean,
): Promise<void> {
  await tx.query({
    name: 'capture.advance_listing',
    text: `UPDATE capture.backfill_progress
              SET done = done + $3, state = CASE WHEN $4 THEN 'done' ELSE 'running' END,
                  total = CASE WHEN $4 THEN done + $3 ELSE greatest(total, done + $3) END,
                  started_at = coalesce(started_at, clock_timestamp()), updated_at = clock_timestamp(),
                  finished_at = CASE WHEN $4 THEN clock_timestamp() END
            WHERE portal_id = $1 AND listing = $2`,
    values: [portal.portalId, listing, rows, isEnd],
  });
}

/** The portal refuses a listing; it is tried again when capture starts anew. */
export async function refuseListing(
  tx: PoolClient,
  portal: PortalAddress,
  listing: string,
  refusal: { code: string; message: string },
): Promise<void> {
  await tx.query(
    `UPDATE capture.backfill_progress
        SET state = 'unavailable', code = $3, message = $4, updated_at = clock_timestamp()
      WHERE portal_id = $1 AND listing = $2`,
    [portal.portalId, listing, refusal.code, refusal.message],
  );
}
