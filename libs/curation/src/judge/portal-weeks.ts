import { DateTime } from 'luxon';

interface Week {
  fromMs: number;
  beforeMs: number;
  monday: string;
}

/** Weeks of a zone that were asked for, the last one first. */
const known = new Map<string, Week[]>();
const mostWeeks = 1_000;

/** Monday of the week in which an instant lies in a zone, `2026-03-02`. The same few weeks are asked for all the time. */
export function weekOf(atMs: number, zone: string): string {
  let weeks = known.get(zone);
  if (!weeks) known.set(zone, (weeks = []));
  const place = weeks.findIndex(({ fromMs, beforeMs }) => atMs >= fromMs && atMs < beforeMs);
  const week = place >= 0 ? (weeks[place] as Week) : weekAround(atMs, zone);
  if (place !== 0) {
    if (place > 0) weeks.splice(place, 1);
    weeks.unshift(week);
    if (weeks.length > mostWeeks) weeks.pop();
  }
  return week.monday;
}

function weekAround(atMs: number, zone: string): Week {
  const start = DateTime.fromMillis(atMs, { zone }).startOf('week');
  return {
    fromMs: start.toMillis(),
    beforeMs: start.plus({ weeks: 1 }).startOf('week').toMillis(),
    monday: start.toFormat('yyyy-MM-dd'),
  };
}
