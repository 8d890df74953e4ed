import { lotOf } from '../draw.js';
import type { AuditedKind } from './checklist.js';

/** A finished call, meeting or deal. */
export interface Auditable {
  seller: string;
  kind: AuditedKind;
  about: string;
  happenedAt: string;
}

/**
 * What is audited of the work of one week: `each` records of every seller, drawn by a key that nobody who is drawn knows.
 * The same week, seller and records are always drawn alike, in whatever order they are told.
 */
export function drawSample(
  candidates: readonly Auditable[],
  { key, portalId, week, each }: { key: Buffer; portalId: string; week: string; each: number },
): Auditable[] {
  const distinct = new Map(candidates.map((one) => [`${one.seller} ${one.about}`, one]));
  const sellers = Map.groupBy(distinct.values(), ({ seller }) => seller);
  return [...sellers]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([seller, own]) =>
      own
        .map((one) => ({ one, lot: lotOf(key, 'audit', portalId, week, seller, one.about) }))
        .sort((left, right) => left.lot - right.lot)
        .slice(0, each)
        .map(({ one }) => one),
    );
}
