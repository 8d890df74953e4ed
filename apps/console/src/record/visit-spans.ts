import type { StageVisit } from '../api/schema.js';

export type VisitSpan = {
  visit: StageVisit;
  /** Time in the stage so far; null when it cannot be told. */
  milliseconds: number | null;
  /** Share of all the time shown, 0…1. */
  share: number;
};

/** Time in stage of each visit; the last one lasts until `until`, and a final stage takes no time. */
export function visitSpans(visits: readonly StageVisit[], until: string | null): VisitSpan[] {
  const durations = visits.map((visit) => {
    const end = visit.leftAt ?? until;
    if (end === null) return null;
    return Math.max(0, Date.parse(end) - Date.parse(visit.enteredAt));
  });
  const shown = visits.map((visit, at) =>
    visit.leftAt === null && visit.semantics !== 'P' ? 0 : (durations[at] ?? 0),
  );
  const total = shown.reduce((sum, each) => sum + each, 0);
  return visits.map((visit, at) => ({
    visit,
    milliseconds: durations[at] ?? null,
    share: total === 0 ? 1 / visits.length : (shown[at] ?? 0) / total,
  }));
}
