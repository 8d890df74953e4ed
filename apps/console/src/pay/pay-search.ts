import { isMonth } from '../plan/plan-search.js';

/** What the page of pay shows, as it stands in the address. */
export type PaySearch = {
  /** `2026-03`; the present month when left out. */
  month?: string;
};

/** Reads the search; whatever is not valid is left out. */
export function readPaySearch(raw: Record<string, unknown>): PaySearch {
  return isMonth(raw.month) ? { month: raw.month } : {};
}
