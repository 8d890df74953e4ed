import { expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { russianProductionCalendar } from './russia.js';

/** Working days and hours of a 40-hour week, as they are published for a year. */
function ofYear(year: number): { days: number; hours: number } {
  let days = 0;
  let hours = 0;
  for (let day = DateTime.utc(year); day.year === year; day = day.plus({ days: 1 })) {
    const special = russianProductionCalendar.special(day.toFormat('yyyy-MM-dd'));
    const isWorked = special?.kind === 'worked' || (day.weekday <= 5 && special?.kind !== 'off');
    if (!isWorked) continue;
    days += 1;
    hours += special?.kind === 'short' || (special?.kind === 'worked' && special.isShort) ? 7 : 8;
  }
  return { days, hours };
}

test.each([
  [2025, 247, 1972],
  [2026, 247, 1972],
])('%i has %i working days and %i hours', (year, days, hours) => {
  expect(ofYear(year)).toEqual({ days, hours });
  expect(russianProductionCalendar.isProvisional(year)).toBe(false);
});

test('a year whose transfers were not decreed yet says so, and others are not known', () => {
  expect([2027, 2028].map((year) => russianProductionCalendar.isProvisional(year))).toEqual([true, true]);
  expect([2024, 2027].map((year) => russianProductionCalendar.knows(year))).toEqual([false, true]);
  expect(russianProductionCalendar.special('2028-01-01')).toBeNull();
});

test('no shortened day is free, and every one is the eve of a holiday or of its transfer', () => {
  for (let day = DateTime.utc(2025); day.year < 2028; day = day.plus({ days: 1 })) {
    const special = russianProductionCalendar.special(day.toFormat('yyyy-MM-dd'));
    if (special?.kind !== 'short') continue;
    expect([day.toISODate(), day.weekday <= 5]).toEqual([day.toISODate(), true]);
    const next = day.plus({ days: 1 });
    const isFree = next.weekday > 5 || russianProductionCalendar.special(next.toFormat('yyyy-MM-dd'))?.kind === 'off';
    expect([day.toISODate(), isFree]).toEqual([day.toISODate(), true]);
  }
});

test('every working day before an official holiday is short', () => {
  const holidays = ['01-01', '02-23', '03-08', '05-01', '05-09', '06-12', '11-04'];
  for (let day = DateTime.utc(2025); day.year < 2028; day = day.plus({ days: 1 })) {
    if (!holidays.includes(day.plus({ days: 1 }).toFormat('MM-dd')) || day.weekday > 5) continue;
    const special = russianProductionCalendar.special(day.toFormat('yyyy-MM-dd'));
    if (special?.kind !== 'off') expect([day.toISODate(), special?.kind]).toEqual([day.toISODate(), 'short']);
  }
});
