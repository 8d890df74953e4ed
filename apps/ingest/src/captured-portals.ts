import { type LimiterState, priorities } from '@funnelwatch/bitrix24';
import type { Pool } from 'pg';

/** How capture of an active portal stands, in numbers; null for what is not known (yet). */
export interface CapturedPortal {
  portal: string;
  figures: {
    /** Seconds. */
    pollAge: number | null;
    lag: number | null;
    certificateAge: number | null;
    unexplained: number | null;
    level: number | null;
    capacity: number | null;
    /** Seconds charged to the busiest method. */
    operating: number | null;
  };
  waitingByPriority: [priority: string, requests: number][];
}

interface Row {
  portal: string;
  pollAge: number | null;
  lag: number | null;
  certificateAge: number | null;
  unexplained: number | null;
  limiter: Partial<LimiterState> | null;
}

/** Portals that are captured; one that was paused or removed has no age that would say anything. */
export const capturedPortalsQuery = `
  SELECT status.portal_id::text AS portal,
         extract(epoch FROM clock_timestamp() - status.last_tick_at)::float8 AS "pollAge",
         status.lag_seconds AS lag,
         extract(epoch FROM clock_timestamp() - last.certified_at)::float8 AS "certificateAge",
         last.unexplained, status.limiter
    FROM capture.status
    JOIN registry.portal ON portal.portal_id = status.portal_id AND portal.status = 'active'
    LEFT JOIN LATERAL (
         SELECT certified_at, unexplained FROM capture.certificate
          WHERE certificate.portal_id = status.portal_id ORDER BY certified_at DESC LIMIT 1) AS last ON true`;

export async function readCapturedPortals(pool: Pool): Promise<CapturedPortal[]> {
  const { rows } = await pool.query<Row>({ name: 'ingest.captured_portals', text: capturedPortalsQuery });
  return rows.map(({ portal, limiter, ...figures }) => ({
    portal,
    figures: {
      ...figures,
      level: limiter?.level ?? null,
      capacity: limiter?.capacity ?? null,
      operating: limiter?.operating ? Math.max(0, ...limiter.operating.map(({ seconds }) => seconds)) : null,
    },
    waitingByPriority: priorities.flatMap((priority) => {
      const requests = limiter?.waiting?.[priority];
      return requests === undefined ? [] : [[priority, requests]];
    }),
  }));
}
