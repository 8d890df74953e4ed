import { DateTime } from 'luxon';

const ends = new Map<string, number>();

/** The instant at which a local day, `YYYY-MM-DD`, is over. */
export function endOfLocalDay(day: string, zone: string): Date {
  const key = `${zone} ${day}`;
  let end = ends.get(key);
  if (end === undefined) {
    end = DateTime.fromISO(day, { zone }).startOf('day').plus({ days: 1 }).toMillis();
    if (ends.size > 20_000) ends.clear();
    ends.set(key, end);
  }
  return new Date(end);
}

/** The local day of an instant, `YYYY-MM-DD`. */
export function localDay(atMs: number, zone: string): string {
  return DateTime.fromMillis(atMs, { zone }).toFormat('yyyy-MM-dd');
}

/** The instant at which the local week (Monday to Sunday) of an instant is over. */
export function endOfLocalWeek(atMs: number, zone: string): number {
  return DateTime.fromMillis(atMs, { zone }).startOf('week').plus({ weeks: 1 }).toMillis();
}

export function startOfLocalWeek(atMs: number, zone: string): number {
  return DateTime.fromMillis(atMs, { zone }).startOf('week').toMillis();
}

/** Whether an instant lies in the last `days` days of its local month. */
export function isAtMonthEnd(atMs: number, days: number, zone: string): boolean {
  const local = DateTime.fromMillis(atMs, { zone });
  return (local.daysInMonth ?? 31) - local.day < days;
}
