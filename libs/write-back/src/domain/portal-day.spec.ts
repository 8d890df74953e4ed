import { expect, test } from '@jest/globals';
import { dayOf, nextDayAfter } from './portal-day.js';

test.each([
  ['2026-11-20T20:59:59Z', 'Europe/Moscow', '2026-11-20', '2026-11-20T21:00:00.000Z'],
  ['2026-11-20T21:00:00Z', 'Europe/Moscow', '2026-11-21', '2026-11-21T21:00:00.000Z'],
  // A day of 25 hours, and one that begins at one o'clock.
  ['2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00.000Z'],
  ['2026-09-05T12:00:00Z', 'America/Santiago', '2026-09-05', '2026-09-06T04:00:00.000Z'],
])('%s in %s is on %s, and the next day begins at %s', (at, zone, day, next) => {
  expect(dayOf(new Date(at), zone)).toBe(day);
  expect(nextDayAfter(new Date(at), zone).toISOString()).toBe(next);
});
