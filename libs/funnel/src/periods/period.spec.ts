import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dayPeriod, monthPeriod, monthsOf } from './period.js';

const iso = ({ from, to }: { from: Date; to: Date }) => [from.toISOString(), to.toISOString()];

const tooLong = '1'.repeat(10_000);

test('a month of Moscow begins three hours before that of UTC', () => {
  expect(iso(monthPeriod('Europe/Moscow', '2026-03'))).toEqual([
    '2026-02-28T21:00:00.000Z',
    '2026-03-31T21:00:00.000Z',
  ]);
});

test('a day in which the clock goes forward has 23 hours', () => {
  expect(iso(dayPeriod('Europe/Berlin', '2026-03-29', '2026-03-30'))).toEqual([
    '2026-03-28T23:00:00.000Z',
    '2026-03-29T22:00:00.000Z',
  ]);
});

test('a day whose midnight does not exist begins at its first instant', () => {
  // Beirut went from 23:59:59 to 01:00 on 31 March 2024.
  expect(dayPeriod('Asia/Beirut', '2024-03-31', '2024-04-01').from.toISOString()).toBe('2024-03-30T22:00:00.000Z');
});

test.each([
  ['that ends before it begins', '2026-03-02', '2026-03-01'],
  ['of no length', '2026-03-01', '2026-03-01'],
  ['from a day that does not exist', '2026-02-30', '2026-03-01'],
  ['of the year 9999', '9999-01-01', '9999-02-01'],
  ['from the year 1', '0001-01-01', '2026-01-01'],
  ['of ten thousand digits', tooLong, '2026-01-01'],
  ['with a NUL', '2026-01-01\0', '2026-02-01'],
])('a period %s is refused', (_, from, to) => {
  expect(() => dayPeriod('Europe/Moscow', from, to)).toThrow(
    expect.objectContaining({ code: 'FUNNEL_PERIOD_INVALID' }),
  );
});

test('months follow each other without gap or overlap', () => {
  const zones = fc.constantFrom('Europe/Moscow', 'Asia/Kamchatka', 'America/New_York', 'Europe/Berlin', 'UTC');
  fc.assert(
    fc.property(zones, fc.integer({ min: 1990, max: 2090 }), fc.integer({ min: 1, max: 119 }), (zone, year, count) => {
      const end = `${year + Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
      const months = monthsOf(zone, `${year}-01`, end);
      expect(months).toHaveLength(count);
      months.slice(1).forEach((month, index) => expect(month.from).toEqual(months[index]!.to));
    }),
    { numRuns: 50 },
  );
});

test('more than ten years of months are refused', () => {
  expect(() => monthsOf('UTC', '1990-01', '2026-01')).toThrow(/At most 120/);
});
