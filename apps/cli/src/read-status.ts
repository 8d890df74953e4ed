import {
  type BackfillListing,
  type CaptureStatus,
  type Certificate,
  readBackfillProgress,
  readCaptureStatus,
  readLastCertificate,
  readVisibilityLosses,
  type VisibilityLoss,
} from '@funnelwatch/capture';
import { PostgresEventLog } from '@funnelwatch/event-log';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { Pool } from './connection.js';
import type { Texts } from './texts.js';

export interface PortalReport {
  portal: RegisteredPortal;
  /** Position of the last event in the portal's bucket, `bucket:position`. */
  logPosition: string;
  /** Null until reading has begun. */
  capture: CaptureStatus | null;
  backfill: BackfillListing[];
  certificate: Certificate | null;
  visibilityLosses: VisibilityLoss[];
}

/** What is captured of each portal and how fresh it is. */
export async function readStatus(pool: Pool, portals: RegisteredPortal[]): Promise<PortalReport[]> {
  const log = new PostgresEventLog(pool);
  const reports: PortalReport[] = [];
  for (const portal of portals) {
    reports.push({
      portal,
      logPosition: `${portal.bucket}:${await log.head(portal.bucket)}`,
      capture: await readCaptureStatus(pool, portal.portalId),
      backfill: await readBackfillProgress(pool, portal.portalId),
      certificate: await readLastCertificate(pool, portal.portalId),
      visibilityLosses: await readVisibilityLosses(pool, portal.portalId),
    });
  }
  return reports;
}

/** A report for a person, with the connection's failure in the words it was stored in. */
export function describeStatus(report: PortalReport, texts: Texts, now: Date): string {
  const { portal, capture, backfill, certificate } = report;
  const state = [texts.connection[portal.connectionState], texts.phase[capture?.phase ?? 'waiting']];
  if (portal.status !== 'active') state.unshift(texts.status[portal.status]);
  const lines = [`${portal.name} (${portal.host}, ${portal.portalId}): ${state.join(', ')}`];
  if (portal.connectionMessage !== null) lines.push(portal.connectionMessage);
  for (const listing of backfill) if (listing.message !== null) lines.push(`${listing.listing}: ${listing.message}`);
  for (const { kind, held, missing } of report.visibilityLosses) lines.push(texts.visibilityLoss(kind, held, missing));
  const total = backfill.reduce((sum, listing) => sum + (listing.total ?? listing.done), 0);
  const done = backfill.reduce((sum, listing) => sum + listing.done, 0);
  if (backfill.length > 0) lines.push(texts.backfill(done, total));
  lines.push(texts.lastTick(secondsSince(capture?.lastTickAt ?? null, now)), texts.watermark(throughOf(capture)));
  lines.push(texts.certificate(certificate?.day ?? null), texts.logPosition(report.logPosition));
  return lines.join('\n  ');
}

/** The data is complete through the feed that is furthest behind. */
function throughOf(capture: CaptureStatus | null): string | null {
  return Object.values(capture?.through ?? {}).sort()[0] ?? null;
}

function secondsSince(moment: string | null, now: Date): number | null {
  return moment === null ? null : Math.max(0, Math.round((now.getTime() - Date.parse(moment)) / 1000));
}
