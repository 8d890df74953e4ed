import type { Range } from '../asking/range.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOURS = [1, 2, 3, 4, 6, 12];
const DAYS = [1, 2, 7, 14, 28];

/**
 * Instants to write below a chart, at most so many: full hours of the day, or midnights, every so many days or on Mondays, by the
 * clock of this machine as a browser on it would have them.
 */
export function ticksOf({ from, to }: Range, most: number): { instants: number[]; isByDay: boolean } {
  const length = to.getTime() - from.getTime();
  const isByDay = length > 2 * DAY;
  const [unit, steps] = isByDay ? [DAY, DAYS] : [HOUR, HOURS];
  const step = steps.find((each) => length / (each * unit) <= most) ?? steps.at(-1) ?? 1;
  const instants: number[] = [];
  for (let at = startOf(from, isByDay, step); at <= to; at = after(at, isByDay, step)) {
    if (at >= from) instants.push(at.getTime());
  }
  return { instants, isByDay };
}

function startOf(from: Date, isByDay: boolean, step: number): Date {
  const midnight = new Date(from.getFullYear(), from.getMonth(), from.getDate());
  if (!isByDay || step < 7) return midnight;
  const daysSinceMonday = (midnight.getDay() + 6) % 7;
  return new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate() - daysSinceMonday);
}

/** Days and hours of the clock, also where it is put forward. */
const after = (at: Date, isByDay: boolean, step: number): Date =>
  isByDay ? new Date(at.getFullYear(), at.getMonth(), at.getDate() + step) : new Date(at.getTime() + step * HOUR);
