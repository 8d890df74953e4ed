import { textArray } from '@funnelwatch/postgres';
import type { CaptureTransaction } from '../write/capture-writer.js';
import type { Difference } from './difference.js';
import type { EntityHead } from './entity-head.js';

/**
 * Notes activities that went from one object to another of the same kind. A merge leaves this trace and no other: when
 * the first object is found deleted, the second one is the survivor.
 */
export async function recordRebindings(
  unit: CaptureTransaction,
  differences: Difference[],
  heads: EntityHead[],
  observedAt: string,
): Promise<void> {
  const moved = differences.flatMap((difference, index) => {
    const owner = difference.changes['ownerObjectId'];
    const kind = heads[index]?.content.fields['ownerKind'];
    const isSameKind = difference.changes['ownerKind'] === undefined;
    if (!owner || !isSameKind || typeof kind !== 'string') return [];
    return typeof owner.before === 'string' && typeof owner.after === 'string'
      ? [{ kind, from: owner.before, to: owner.after }]
      : [];
  });
  if (moved.length === 0) return;
  await unit.tx.query(
    `INSERT INTO capture.rebinding AS known (bucket, portal_id, kind, from_id, to_id, activities, last_at)
     SELECT $1, $2, kind, from_id, to_id, count(*), $6
       FROM unnest($3::text[], $4::text[], $5::text[]) AS moved (kind, from_id, to_id)
      GROUP BY kind, from_id, to_id
     ON CONFLICT (portal_id, kind, from_id, to_id) DO UPDATE
        SET activities = known.activities + excluded.activities, last_at = excluded.last_at`,
    [
      unit.portal.bucket,
      unit.portal.portalId,
      textArray(moved.map(({ kind }) => kind)),
      textArray(moved.map(({ from }) => from)),
      textArray(moved.map(({ to }) => to)),
      observedAt,
    ],
  );
}
