import type { AuditMark, Checklist } from '../api/schema.js';

/** Marks while they are given: points by item, null where it did not apply; items without a mark are missing. */
export type Marks = Readonly<Record<string, number | null>>;

export type MarksSoFar = {
  given: number;
  /** Percent of what could be reached, rounded down to hundredths; null where nothing applied yet. */
  score: number | null;
  /** Items that fail the audit by themselves. */
  failedBy: readonly string[];
  isComplete: boolean;
  /** Whether it would pass with these marks. */
  isPassed: boolean;
};

/** What an audit comes to with the marks given so far: Σ weight × points ÷ most points, as the API counts it. */
export function marksSoFar({ items, passMark }: Pick<Checklist, 'items' | 'passMark'>, marks: Marks): MarksSoFar {
  // A common denominator keeps sums exact, so that a score on the pass mark passes.
  const scale = items.reduce((product, { anchors }) => leastMultiple(product, anchors.length - 1), 1);
  let earned = 0;
  let most = 0;
  const failedBy: string[] = [];
  for (const { itemId, anchors, weight, isAutoFail } of items) {
    const points = marks[itemId];
    if (points === undefined || points === null) continue;
    earned += weight * points * (scale / (anchors.length - 1));
    most += weight * scale;
    if (isAutoFail && points === 0) failedBy.push(itemId);
  }
  const given = items.filter(({ itemId }) => marks[itemId] !== undefined).length;
  return {
    given,
    score: most === 0 ? null : Math.floor((earned * 10_000) / most) / 100,
    failedBy,
    isComplete: given === items.length,
    isPassed: failedBy.length === 0 && earned * 100 >= passMark * most,
  };
}

function leastMultiple(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b !== 0) [a, b] = [b, a % b];
  return (left / a) * right;
}

/** Marks as they are sent: one for each item, in the order of the checklist. */
export const marksToSend = ({ items }: Pick<Checklist, 'items'>, marks: Marks): AuditMark[] =>
  items.map(({ itemId }) => ({ itemId, points: marks[itemId] ?? null }));

/** Marks of a score that was given. */
export const marksOf = (given: readonly AuditMark[]): Marks =>
  Object.fromEntries(given.map(({ itemId, points }) => [itemId, points]));

/** The next item without a mark after `itemId`, around the end; null when all have one. */
export function nextOpen({ items }: Pick<Checklist, 'items'>, marks: Marks, itemId: string): string | null {
  const at = items.findIndex((item) => item.itemId === itemId);
  const around = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  return around.find((item) => marks[item.itemId] === undefined)?.itemId ?? null;
}
