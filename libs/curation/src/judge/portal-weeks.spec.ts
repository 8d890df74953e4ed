import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { weekOf } from './portal-weeks.js';

const zones = ['Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC'];
const hour = 3_600_000;
const instants = fc.integer({
  min: Date.parse('2011-12-01T00:00:00Z') / hour,
  max: Date.parse('2027-12-31T00:00:00Z') / hour,
});

test('the week of an instant is the one of the calendar, in any order of asking and over changes of the clock', () => {
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.array(instants, { minLength: 1, maxLength: 60 }), (zone, hours) => {
      for (const [place, each] of hours.entries()) {
        // Between whole hours, and right at midnight and before it.
        const atMs = each * hour + [0, -1, 1_800_000, 2_700_000][place % 4]!;
        const expected = DateTime.fromMillis(atMs, { zone }).startOf('week').toFormat('yyyy-MM-dd');
        expect(weekOf(atMs, zone)).toBe(expected);
      }
    }),
    { numRuns: 300 },
  );
});

test.each(['Europe/Moscow', 'Europe/Berlin', 'America/New_York'])('a week of %s ends with its Sunday', (zone) => {
  for (let week = 0; week < 60; week += 1) {
    const monday = DateTime.fromISO('2026-01-05T00:00', { zone }).plus({ weeks: week });
    expect(weekOf(monday.toMillis(), zone)).toBe(monday.toISODate());
    expect(weekOf(monday.toMillis() - 1, zone)).toBe(monday.minus({ weeks: 1 }).toISODate());
  }
});
