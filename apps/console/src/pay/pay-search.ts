import { isMonth } from '../plan/plan-search.js';

/** What the page of pay shows, as it stands in the address. */
export type PaySearch = {
  /** `2026-03`; the present month when left out. */
  month?: string;
  /** Pay of the month when left out. */
  view?: 'schemes';
  /** The scheme that is shown. */
  scheme?: string;
  /** Whose payslip is open. */
  slip?: string;
};

/** Reads the search; whatever is not valid is left out. */
export function readPaySearch(raw: Record<string, unknown>): PaySearch {
  const { month, view, scheme, slip } = raw;
  return {
    ...(isMonth(month) && { month }),
    ...(view === 'schemes' && { view }),
    ...(typeof scheme === 'string' && /^[0-9a-f-]{36}$/.test(scheme) && { scheme }),
    ...((typeof slip === 'string' || typeof slip === 'number') &&
      /^\d{1,18}$/.test(String(slip)) && { slip: String(slip) }),
  };
}
