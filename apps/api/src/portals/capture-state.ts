import type { Pool } from 'pg';

/** What capture has written down about one portal. */
export interface CaptureState {
  status: CaptureStatusRow | null;
  listings: ListingRow[];
  certificate: CertificateRow | null;
  visibilityLost: { kind: string; held: number; missing: number; since: Date }[];
}

interface CaptureStatusRow {
  phase: 'waiting' | 'configuration' | 'backfill' | 'live' | 'failed';
  lastTickAt: Date | null;
  through: Record<string, string> | null;
  lagSeconds: number | null;
  limiter: unknown;
}

export interface ListingRow {
  listing: string;
  state: 'waiting' | 'running' | 'done' | 'unavailable';
  done: number;
  total: number | null;
  message: string | null;
  startedAt: Date | null;
  updatedAt: Date;
  finishedAt: Date | null;
}

export interface CertificateRow {
  certifiedAt: Date;
  day: string;
  scope: 'open-objects' | 'all';
  expected: Record<string, number>;
  held: Record<string, number>;
  unexplained: number;
}

/**
 * Reads capture's state of a portal. Plain SQL through `pg`: four rows of tables that another part owns, in the columns
 * its migration names. The lag grows by itself between ticks, so that a stopped capture shows.
 */
export async function readCaptureState(pool: Pool, portalId: string): Promise<CaptureState> {
  const [status, listings, certificates, losses] = await Promise.all([
    pool.query<CaptureStatusRow>(
      `SELECT phase, last_tick_at AS "lastTickAt", through, limiter,
              lag_seconds + greatest(0, extract(epoch FROM clock_timestamp() - last_tick_at)::float8) AS "lagSeconds"
         FROM capture.status WHERE portal_id = $1`,
      [portalId],
    ),
    pool.query<ListingRow>(
      `SELECT listing, state, done, total, message, started_at AS "startedAt", updated_at AS "updatedAt",
              finished_at AS "finishedAt"
         FROM capture.backfill_progress WHERE portal_id = $1 ORDER BY ordinal, listing`,
      [portalId],
    ),
    pool.query<CertificateRow>(
      `SELECT certified_at AS "certifiedAt", day, scope, expected, held, unexplained
         FROM capture.certificate WHERE portal_id = $1 ORDER BY certified_at DESC LIMIT 1`,
      [portalId],
    ),
    pool.query<CaptureState['visibilityLost'][number]>(
      'SELECT kind, held, missing, since FROM capture.visibility_loss WHERE portal_id = $1 ORDER BY kind',
      [portalId],
    ),
  ]);
  return {
    status: status.rows[0] ?? null,
    listings: listings.rows,
    certificate: certificates.rows[0] ?? null,
    visibilityLost: losses.rows,
  };
}

/** Through when all that is listed of a portal was read, as ISO 8601; null before the first time. */
export async function readThrough(pool: Pool, { portalId }: { portalId: string }): Promise<string | null> {
  const { rows } = await pool.query<Pick<CaptureStatusRow, 'through'>>(
    'SELECT through FROM capture.status WHERE portal_id = $1',
    [portalId],
  );
  return Object.values(rows[0]?.through ?? {}).sort()[0] ?? null;
}
