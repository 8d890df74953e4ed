import type { RegisteredPortal } from '@funnelwatch/portals';
import type { Pool } from './connection.js';
import type { Texts } from './texts.js';

export interface PortalStatusReport {
  portalId: string;
  bucket: number;
  host: string;
  name: string;
  status: RegisteredPortal['status'];
  connection: { state: RegisteredPortal['connectionState']; code: string | null; message: string | null };
  phase: keyof Texts['phase'];
  backfill: { done: number; total: number | null };
  lastTickSecondsAgo: number | null;
  /** Moment up to which everything is known, ISO 8601; null before the first certificate. */
  watermark: string | null;
  certificateDay: string | null;
  events: number;
}

interface StatusRow {
  portal_id: string;
  phase: keyof Texts['phase'] | null;
  last_tick_seconds: number | null;
  watermark_at: Date | null;
  done: number;
  total: number | null;
  certificate_day: string | null;
}

/** What capture says about each portal, with the number of events of its bucket's share in the log. */
export async function readStatus(pool: Pool, portals: RegisteredPortal[]): Promise<PortalStatusReport[]> {
  const ids = portals.map(({ portalId }) => portalId);
  const { rows } = await pool.query<StatusRow>(
    `SELECT portal.portal_id, status.phase, status.watermark_at,
            extract(epoch FROM clock_timestamp() - status.last_tick_at)::float8 AS last_tick_seconds,
            coalesce(backfill.done, 0)::float8 AS done, backfill.total::float8 AS total,
            certificate.day::text AS certificate_day
       FROM unnest($1::uuid[]) AS portal (portal_id)
       LEFT JOIN capture.status AS status USING (portal_id)
       LEFT JOIN LATERAL (
         SELECT sum(done) AS done, sum(total) AS total FROM capture.backfill_progress AS progress
          WHERE progress.portal_id = portal.portal_id) AS backfill ON true
       LEFT JOIN LATERAL (
         SELECT day FROM capture.certificate AS certificate WHERE certificate.portal_id = portal.portal_id
          ORDER BY certified_at DESC LIMIT 1) AS certificate ON true`,
    [ids],
  );
  const counts = await pool.query<{ portal_id: string; events: number }>(
    `SELECT portal_id, count(*)::float8 AS events FROM log.event WHERE portal_id = ANY ($1::uuid[]) GROUP BY portal_id`,
    [ids],
  );
  const rowOf = new Map(rows.map((row) => [row.portal_id, row]));
  const eventsOf = new Map(counts.rows.map((row) => [row.portal_id, row.events]));
  return portals.map((portal) => {
    const row = rowOf.get(portal.portalId);
    return {
      portalId: portal.portalId,
      bucket: portal.bucket,
      host: portal.host,
      name: portal.name,
      status: portal.status,
      connection: {
        state: portal.connectionState,
        code: portal.connectionCode,
        message: portal.connectionMessage,
      },
      phase: row?.phase ?? 'waiting',
      backfill: { done: row?.done ?? 0, total: row?.total ?? null },
      lastTickSecondsAgo: row?.last_tick_seconds == null ? null : Math.max(0, Math.round(row.last_tick_seconds)),
      watermark: row?.watermark_at?.toISOString() ?? null,
      certificateDay: row?.certificate_day ?? null,
      events: eventsOf.get(portal.portalId) ?? 0,
    };
  });
}

export function describeStatus(report: PortalStatusReport, texts: Texts): string {
  const { connection, backfill } = report;
  const state = [texts.connection[connection.state], texts.phase[report.phase]];
  if (report.status !== 'active') state.unshift(texts.status[report.status]);
  const total = backfill.total === null ? '?' : String(backfill.total);
  return [
    `${report.name} (${report.host}, ${report.portalId}): ${state.join(', ')}`,
    ...(connection.message === null ? [] : [`  ${connection.message}`]),
    `  ${texts.backfill(String(backfill.done), total)}; ${texts.events(String(report.events))}`,
    `  ${texts.lastTick(report.lastTickSecondsAgo)}; ${texts.watermark(report.watermark)}; ${texts.certificate(report.certificateDay)}`,
  ].join('\n');
}
