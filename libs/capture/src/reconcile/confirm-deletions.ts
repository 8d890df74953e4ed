import type { DeletionsConfirmedData, EntityKind } from '@funnelwatch/capture-contracts';
import { eventIdOf, type EventLog, type PortalAddress } from '@funnelwatch/event-log';
import { withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { CAPTURE_STREAM } from '../live/watermark.js';

/**
 * Takes a person's word that the objects which went out of sight were deleted: the next passes ask the portal for each
 * and record those it refuses. Returns what was confirmed, per kind; nothing when nothing is in doubt. `now` is the
 * moment of the decision.
 */
export async function confirmDeletions(
  { pool, log }: { pool: Pool; log: EventLog },
  portal: PortalAddress,
  now: Date,
): Promise<DeletionsConfirmedData[]> {
  return withTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ kind: EntityKind; missing: number; since: Date }>(
      `UPDATE capture.visibility_loss SET confirmed_missing = missing
        WHERE portal_id = $1 AND confirmed_missing IS DISTINCT FROM missing
    RETURNING kind, missing, since`,
      [portal.portalId],
    );
    const confirmed = rows.map(({ kind, missing }) => ({ kind, missing }));
    if (rows.length === 0) return confirmed;
    const events = rows.map(({ kind, missing, since }) => ({
      eventId: eventIdOf(now, `${portal.portalId} deletions ${kind} ${missing} ${since.toISOString()}`),
      streamId: CAPTURE_STREAM,
      type: 'DeletionsConfirmed',
      schemaVersion: 1,
      occurredAt: now.toISOString(),
      actor: 'unknown' as const,
      provenance: 'observed' as const,
      data: { kind, missing },
    }));
    await log.append(portal, [{ streamId: CAPTURE_STREAM, expected: 'any', events }], { tx });
    return confirmed;
  });
}
