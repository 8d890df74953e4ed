import type { PortalAddress } from '@funnelwatch/event-log';
import type { JsonValue } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';

export type CapturePhase = 'waiting' | 'configuration' | 'backfill' | 'live' | 'failed';

/** How capture of a portal stands: what freshness on every page is made of. */
export interface CaptureStatus {
  phase: CapturePhase;
  /** Wall time at the end of the last successful poll. */
  lastTickAt: string | null;
  /** The portal's own time in that poll. */
  portalTime: string | null;
  /** Portal time through which each feed is complete, as of the last watermark. */
  through: Record<string, string>;
  /** From the start of the last poll until its facts were stored. */
  lagSeconds: number | null;
  /** Budget of requests as the limiter sees it. */
  limiter: JsonValue;
  updatedAt: string;
}

export interface Certificate {
  certifiedAt: string;
  day: string;
  scope: 'open-objects' | 'all';
  expected: Record<string, number>;
  held: Record<string, number>;
  unexplained: number;
}

export interface VisibilityLoss {
  kind: string;
  held: number;
  missing: number;
  since: string;
}

interface StatusRow {
  phase: CapturePhase;
  last_tick_at: Date | null;
  portal_time: Date | null;
  through: Record<string, string> | null;
  lag_seconds: number | null;
  limiter: JsonValue;
  updated_at: Date;
}

/** Null until capture of the portal has begun. */
export async function readCaptureStatus(pool: Pool | PoolClient, portalId: string): Promise<CaptureStatus | null> {
  const { rows } = await pool.query<StatusRow>(
    `SELECT phase, last_tick_at, portal_time, through, lag_seconds, limiter, updated_at
       FROM capture.status WHERE portal_id = $1`,
    [portalId],
  );
  const [row] = rows;
  if (!row) return null;
  return {
    phase: row.phase,
    lastTickAt: row.last_tick_at?.toISOString() ?? null,
    portalTime: row.portal_time?.toISOString() ?? null,
    through: row.through ?? {},
    lagSeconds: row.lag_seconds,
    limiter: row.limiter,
    updatedAt: row.updated_at.toISOString(),
  };
}

/** The last certificate of completeness, null before the first one. */
export async function readLastCertificate(pool: Pool | PoolClient, portalId: string): Promise<Certificate | null> {
  const { rows } = await pool.query<Omit<Certificate, 'certifiedAt'> & { certified_at: Date }>(
    `SELECT certified_at, day, scope, expected, held, unexplained
       FROM capture.certificate WHERE portal_id = $1 ORDER BY certified_at DESC LIMIT 1`,
    [portalId],
  );
  const [row] = rows;
  if (!row) return null;
  const { certified_at, ...certificate } = row;
  return { certifiedAt: certified_at.toISOString(), ...certificate };
}

/** Kinds of which so much went missing at once that rights are in doubt; empty when all is well. */
export async function readVisibilityLosses(pool: Pool | PoolClient, portalId: string): Promise<VisibilityLoss[]> {
  const { rows } = await pool.query<Omit<VisibilityLoss, 'since'> & { since: Date }>(
    'SELECT kind, held, missing, since FROM capture.visibility_loss WHERE portal_id = $1 ORDER BY kind',
    [portalId],
  );
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

export interface StatusChange {
  phase?: CapturePhase;
  lastTickAt?: string;
  portalTime?: string;
  through?: Record<string, string>;
  watermarkAt?: string;
  lagSeconds?: number;
  limiter?: JsonValue;
}

/** Notes how capture stands; what is left out stays as it is. */
export async function updateStatus(
  connection: Pool | PoolClient,
  portal: PortalAddress,
  change: StatusChange,
): Promise<void> {
  await connection.query({
    name: 'capture.update_status',
    text: `INSERT INTO capture.status AS known
             (portal_id, bucket, phase, last_tick_at, portal_time, through, watermark_at, lag_seconds, limiter)
           VALUES ($1, $2, coalesce($3, 'waiting'), $4, $5, $6::json, $7, $8, $9::json)
           ON CONFLICT (portal_id) DO UPDATE
              SET phase = coalesce($3, known.phase), last_tick_at = coalesce($4, known.last_tick_at),
                  portal_time = coalesce($5, known.portal_time), through = coalesce($6::json, known.through),
                  watermark_at = coalesce($7, known.watermark_at), lag_seconds = coalesce($8, known.lag_seconds),
                  limiter = coalesce($9::json, known.limiter),
                  updated_at = clock_timestamp()`,
    values: [
      portal.portalId,
      portal.bucket,
      change.phase ?? null,
      change.lastTickAt ?? null,
      change.portalTime ?? null,
      change.through ? JSON.stringify(change.through) : null,
      change.watermarkAt ?? null,
      change.lagSeconds ?? null,
      change.limiter === undefined ? null : JSON.stringify(change.limiter),
    ],
  });
}
