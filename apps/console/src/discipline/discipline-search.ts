import { addDays, isDay } from '../format/dates.js';
import { mondayOf } from '../format/weeks.js';

export const views = ['rule', 'person', 'week'] as const;
export type DisciplineView = (typeof views)[number];

/** What the page of discipline shows, as it stands in the address. */
export type DisciplineSearch = {
  /** By what figures are told; by rule when left out. */
  by?: DisciplineView;
  /** First day of the period: a Monday. */
  from?: string;
  /** First day after the period: a Monday. */
  to?: string;
  rule?: string;
  /** User of the portal. */
  person?: string;
};

/** Whole weeks, `[from, to)`: checks are counted by week, and only so do figures fit their denominators. */
export type WeekPeriod = { from: string; to: string };

/** Ready-made lengths, in weeks; each ends with the present week. */
export const lengths = [1, 4, 13, 26] as const;
const USUAL_WEEKS = 4;

const RULE = /^[A-Z][A-Z0-9]{1,15}$/;
const USER = /^\d{1,18}$/;

/** Reads the search; whatever is not valid is left out, and days within a week are taken for the week. */
export function readDisciplineSearch(raw: Record<string, unknown>): DisciplineSearch {
  const by = views.find((each) => each === raw.by);
  const period = isDay(raw.from) && isDay(raw.to) && raw.from < raw.to ? wholeWeeks(raw.from, raw.to) : null;
  return {
    ...(by !== undefined && by !== 'rule' && { by }),
    ...period,
    ...(typeof raw.rule === 'string' && RULE.test(raw.rule) && { rule: raw.rule }),
    ...(typeof raw.person === 'string' && USER.test(raw.person) && { person: raw.person }),
  };
}

function wholeWeeks(from: string, to: string): WeekPeriod {
  return { from: mondayOf(from), to: addDays(mondayOf(addDays(to, -1)), 7) };
}

/** The last weeks, the present one among them. */
export function lastWeeks(weeks: number, today: string): WeekPeriod {
  const to = addDays(mondayOf(today), 7);
  return { from: addDays(to, -7 * weeks), to };
}

/** The period that is asked for; the last four weeks without one. */
export function periodOf({ from, to }: DisciplineSearch, today: string): WeekPeriod {
  return from === undefined || to === undefined ? lastWeeks(USUAL_WEEKS, today) : { from, to };
}

/** How many weeks a period is long. */
export const weeksLong = ({ from, to }: WeekPeriod): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / (7 * 86_400_000));

/** The period as long, right before (`-1`) or after (`1`). */
export function neighbour(period: WeekPeriod, direction: 1 | -1): WeekPeriod {
  const days = 7 * weeksLong(period) * direction;
  return { from: addDays(period.from, days), to: addDays(period.to, days) };
}
