import type { Certificate, Portal } from '../api/schema.js';

/** The share of what the portal holds that we hold too; `null` before the first certificate. */
export function completenessOf(certificate: Certificate | null): number | null {
  if (certificate === null) return null;
  return certificate.expected === 0 ? 1 : Math.min(1, certificate.held / certificate.expected);
}

/** Live polls come every minute at the latest; more than this behind, the portal is no longer followed. */
const STALE_SECONDS = 180;

/** Whether a portal whose history is read is no longer followed. */
export function isStale(portal: Portal): boolean {
  return portal.phase === 'live' && portal.freshness.lagSeconds !== null && portal.freshness.lagSeconds > STALE_SECONDS;
}
