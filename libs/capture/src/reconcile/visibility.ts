import type { EntityKind, VisibilityLostData } from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import type { JsonObject } from '@funnelwatch/kernel';
import { CAPTURE_STREAM } from '../live/watermark.js';
import type { CaptureTransaction } from '../write/capture-writer.js';

/** More objects missing at once than this are lost rights, not deletions. */
export function mostDeletionsAtOnce(held: number): number {
  return Math.max(20, Math.floor(held / 100));
}

/** How many missing objects of a kind a person has called deleted; 0 when nobody has. */
export async function confirmedMissing(unit: CaptureTransaction, kind: EntityKind): Promise<number> {
  const { rows } = await unit.tx.query<{ confirmed: number | null }>(
    'SELECT confirmed_missing AS confirmed FROM capture.visibility_loss WHERE portal_id = $1 AND kind = $2',
    [unit.portal.portalId, kind],
  );
  return rows[0]?.confirmed ?? 0;
}

/** Tells the log once, when it begins, that objects of a kind went out of sight. */
export async function noteVisibilityLoss(
  unit: CaptureTransaction,
  data: VisibilityLostData,
  observedAt: string,
  request: number,
): Promise<void> {
  const { rowCount } = await unit.tx.query(
    `INSERT INTO capture.visibility_loss (bucket, portal_id, kind, held, missing, since)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [unit.portal.bucket, unit.portal.portalId, data.kind, data.held, data.missing, observedAt],
  );
  if (!rowCount) {
    await unit.tx.query(
      'UPDATE capture.visibility_loss SET held = $3, missing = $4 WHERE portal_id = $1 AND kind = $2',
      [unit.portal.portalId, data.kind, data.held, data.missing],
    );
    return;
  }
  unit.append({
    eventId: eventIdOf(observedAt, `${unit.portal.portalId} visibility ${data.kind} ${request}`),
    streamId: CAPTURE_STREAM,
    type: 'VisibilityLost',
    schemaVersion: 1,
    occurredAt: observedAt,
    actor: 'system',
    provenance: 'observed',
    data: data as unknown as JsonObject,
  });
}

/** The objects are back, or few enough are missing to be deletions. */
export async function endVisibilityLoss(unit: CaptureTransaction, kind: EntityKind): Promise<void> {
  await unit.tx.query('DELETE FROM capture.visibility_loss WHERE portal_id = $1 AND kind = $2', [
    unit.portal.portalId,
    kind,
  ]);
}
