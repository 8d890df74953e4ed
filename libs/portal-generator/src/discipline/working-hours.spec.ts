import { expect, test } from '@jest/globals';
import { RUSSIAN_SPECIAL_DAYS } from './special-days.js';
import { WorkingHours } from './working-hours.js';

const moscow = new WorkingHours('Europe/Moscow', RUSSIAN_SPECIAL_DAYS);
const at = (text: string) => Date.parse(`${text}:00+03:00`);
const told = (instant: number) => new Date(instant + 3 * 3_600_000).toISOString().slice(0, 16);

test.each([
  ['2026-09-01T10:00', 60, '2026-09-01T11:00'],
  ['2026-09-01T17:00', 60, '2026-09-01T18:00'],
  ['2026-09-04T17:30', 60, '2026-09-07T09:30'],
  ['2026-11-03T16:30', 60, '2026-11-05T09:30'],
  ['2025-11-01T15:30', 120, '2025-11-05T09:30'],
  ['2026-09-05T12:00', 0.5, '2026-09-07T09:00'],
])('%s and %f minutes of work is %s', (start, minutes, end) => {
  expect(told(moscow.afterWorked(at(start), minutes * 60_000))).toBe(end);
});

test.each([
  ['2026-09-01T10:00', 1, '2026-09-02T10:00'],
  ['2026-09-04T10:00', 1, '2026-09-07T10:00'],
  ['2026-09-05T10:00', 1, '2026-09-08T09:00'],
  ['2026-09-04T18:00', 1, '2026-09-08T09:00'],
  ['2026-09-04T08:59', 1, '2026-09-07T09:00'],
  ['2026-11-02T17:30', 1, '2026-11-03T17:30'],
  ['2026-11-03T17:30', 1, '2026-11-06T09:00'],
  ['2025-10-31T10:00', 1, '2025-11-01T10:00'],
])('%s and %i working days is %s', (start, days, end) => {
  expect(told(moscow.afterWorkingDays(at(start), days))).toBe(end);
});

test('days, weeks and months are those of the zone, also where clocks are changed', () => {
  expect(told(moscow.endOf('2026-09-03'))).toBe('2026-09-04T00:00');
  expect(told(moscow.endOfWeek(at('2026-09-06T23:59')))).toBe('2026-09-07T00:00');
  expect(told(moscow.endOfWeek(at('2026-09-07T00:00')))).toBe('2026-09-14T00:00');
  expect(moscow.daysLeftInMonth(at('2026-09-28T00:00'))).toBe(2);
  const berlin = new WorkingHours('Europe/Berlin', {});
  const friday = Date.parse('2026-10-23T10:00:00+02:00');
  expect(new Date(berlin.afterWorkingDays(friday, 1)).toISOString()).toBe('2026-10-26T09:00:00.000Z');
  expect(new Date(berlin.afterWorked(friday, 9 * 3_600_000)).toISOString()).toBe('2026-10-26T09:00:00.000Z');
});
