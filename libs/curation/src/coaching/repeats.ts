/** A case that counts as a repeat: not void, not judged to be no breach. */
export interface Repeat {
  caseId: string;
  /** When its first episode began, milliseconds since the epoch. */
  startAt: number;
}

export const repeatsThatCount = 3;
const withinMs = 30 * 86_400_000;

/**
 * Of one person's cases of one rule, those that lie with at least two others within 30 days, in the order in which they
 * began. Which case came to be known first matters nothing.
 */
export function repeatsWorthCoaching(cases: readonly Repeat[]): Repeat[] {
  const ordered = cases.toSorted(
    (left, right) => left.startAt - right.startAt || (left.caseId < right.caseId ? -1 : 1),
  );
  const counted = new Set<Repeat>();
  for (const [index, first] of ordered.entries()) {
    const within = ordered.slice(index).filter(({ startAt }) => startAt - first.startAt <= withinMs);
    if (within.length >= repeatsThatCount) for (const one of within) counted.add(one);
  }
  return ordered.filter((one) => counted.has(one));
}
