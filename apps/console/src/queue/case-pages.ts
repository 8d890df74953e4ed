import type { CasePage, ListedCase } from '../api/schema.js';

/** So many cases are read at once. */
export const PAGE_CASES = 400;

/** Which part of a list is asked for; `around` a case, when the list holds it. */
export type CasePart = { offset: number; limit: number; around?: string };

/** The part of the list behind one that was read; null at its end. */
export function nextPart({ offset, items, total }: CasePage): CasePart | null {
  const end = offset + items.length;
  return items.length === 0 || end >= total ? null : { offset: end, limit: PAGE_CASES };
}

/** The part before one that was read, up to where that begins; null at the top. */
export function previousPart({ offset }: CasePage): CasePart | null {
  return offset === 0 ? null : { offset: Math.max(0, offset - PAGE_CASES), limit: Math.min(PAGE_CASES, offset) };
}

/** Cases of parts that were read one after the other, each once: the list may have moved on between them. */
export function rowsOf(pages: readonly CasePage[]): ListedCase[] {
  const known = new Map<string, ListedCase>();
  for (const { items } of pages) for (const row of items) known.set(row.caseId, row);
  return [...known.values()];
}
