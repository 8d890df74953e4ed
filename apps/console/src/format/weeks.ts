import { addDays } from './dates.js';

/** The Monday `YYYY-MM-DD` of the week in which a calendar day lies. */
export function mondayOf(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday + 6) % 7));
}

/** The Mondays of all weeks that a period `[from, to)` of calendar days touches. */
export function weeksIn(from: string, to: string): string[] {
  const weeks: string[] = [];
  for (let week = mondayOf(from); week < to; week = addDays(week, 7)) weeks.push(week);
  return weeks;
}
