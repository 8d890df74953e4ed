/** Monday, 6 April 2026, 0:00 in Moscow: the weeks from there on have no holiday before Friday, 1 May. */
const firstMonday = Date.parse('2026-04-05T21:00:00.000Z');
const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const dayMs = 86_400_000;

/** Zone of the portal in fixtures: three hours before UTC, and no change of clocks. */
export const zone = 'Europe/Moscow';

/** `Mon 10:00` is in the first week, `Tue3 09:00:05` in the third; local times of the portal. Milliseconds since the epoch. */
export function instant(label: string): number {
  const match = /^(\w{3})(\d*) (\d\d):(\d\d)(?::(\d\d))?$/.exec(label);
  const day = days.indexOf(match?.[1] ?? '');
  if (!match || day < 0) throw new Error(`"${label}" is no instant.`);
  const [, , week, hours, minutes, seconds] = match;
  const ofDay = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds ?? 0) * 1000;
  return firstMonday + (Number(week === '' ? 1 : week) - 1) * 7 * dayMs + day * dayMs + ofDay;
}

/** The label of an instant, as `instant` reads it. */
export function labelOf(atMs: number): string {
  const sinceMonday = atMs - firstMonday;
  const week = Math.floor(sinceMonday / (7 * dayMs)) + 1;
  const day = days[Math.floor(sinceMonday / dayMs) - (week - 1) * 7] ?? '';
  const clock = new Date(firstMonday + (((sinceMonday % dayMs) + dayMs) % dayMs) + 3 * 3_600_000)
    .toISOString()
    .slice(11, 23);
  const time = clock.endsWith(':00.000') ? clock.slice(0, 5) : clock.replace(/\.000$/, '');
  return `${day}${week === 1 ? '' : week} ${time}`;
}

/** The local day of an instant, `YYYY-MM-DD`. */
export const dateOf = (label: string): string => new Date(instant(label) + 3 * 3_600_000).toISOString().slice(0, 10);
