/** What the page of plans shows, as it stands in the address. */
export type PlanSearch = {
  /** `2026-03`; the present month when left out. */
  month?: string;
  /** Which plan of the month; the first one when left out. */
  plan?: string;
  /** The plan itself, when left out. */
  view?: 'pace';
};

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether something is a month: `2026-03`. */
export const isMonth = (value: unknown): value is string => typeof value === 'string' && MONTH.test(value);

/** Reads the search; whatever is not valid is left out. */
export function readPlanSearch(raw: Record<string, unknown>): PlanSearch {
  return {
    ...(isMonth(raw.month) && { month: raw.month }),
    ...(typeof raw.plan === 'string' && ID.test(raw.plan) && { plan: raw.plan }),
    ...(raw.view === 'pace' && { view: 'pace' as const }),
  };
}
