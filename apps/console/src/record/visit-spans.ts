import type { StageVisit } from '../api/schema.js';

export type VisitSpan = {
  visit: StageVisit;
  /** Share of all the time shown, 0…1. */
  share: number;
};

/** How much of the whole way each visit took; a final stage takes no time. */
export function visitSpans(visits: readonly StageVisit[]): VisitSpan[] {
  const shown = visits.map((visit) => (visit.leftAt === null && visit.semantics !== 'P' ? 0 : visit.seconds));
  const total = shown.reduce((sum, each) => sum + each, 0);
  return visits.map((visit, at) => ({
    visit,
    share: total === 0 ? 1 / visits.length : (shown[at] ?? 0) / total,
  }));
}
