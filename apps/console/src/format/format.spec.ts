import { describe, expect, it } from '@jest/globals';
import { addDays, addMonths, dayIn, durationParts, formatTime, isDay } from './dates.js';
import { formatCount, formatInterval, formatMoney, formatPercent } from './numbers.js';

describe('figures', () => {
  it('groups thousands with narrow spaces', () => {
    expect(formatCount(1234567)).toBe('1\u202f234\u202f567');
    expect(formatCount(-1234)).toBe('−1\u202f234');
    expect(formatCount(0)).toBe('0');
  });

  it('prints a rate with its interval in both languages', () => {
    expect(formatPercent(0.2, 'ru')).toBe('20,0\u00a0%');
    expect(formatPercent(12.5, 'ru')).toBe('1\u202f250,0\u00a0%');
    expect(formatPercent(0.2, 'en')).toBe('20.0%');
    expect(formatInterval(0.1183, 0.3178, 'ru')).toBe('[11,8–31,8]');
    expect(formatInterval(0.1183, 0.3178, 'en')).toBe('[11.8–31.8]');
  });

  it('keeps money exact beyond what a float holds', () => {
    expect(formatMoney('900719925474099312', 'RUB', 'ru')).toBe(
      '9\u202f007\u202f199\u202f254\u202f740\u202f993\u00a0₽',
    );
    expect(formatMoney('4000050', 'RUB', 'ru', { exact: true })).toBe('40\u202f000,50\u00a0₽');
    expect(formatMoney('4000000', 'RUB', 'ru', { exact: true })).toBe('40\u202f000\u00a0₽');
    expect(formatMoney('-4000050', 'USD', 'en', { exact: true })).toBe('−40\u202f000.50\u00a0$');
    expect(formatMoney('50', 'RUB', 'ru')).toBe('1\u00a0₽');
  });
});

describe('dates', () => {
  it('are those of the portal, not of the browser', () => {
    expect(dayIn('2026-03-31T21:30:00.000Z', 'Europe/Moscow')).toBe('2026-04-01');
    expect(dayIn('2026-03-31T21:30:00.000Z', 'Europe/Kaliningrad')).toBe('2026-03-31');
    expect(formatTime('2026-03-31T07:42:05.000Z', 'Europe/Moscow', 'ru')).toBe('10:42:05');
  });

  it('step over month and year ends', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
    expect(addMonths('2026-11', 2)).toBe('2027-01');
    expect(addMonths('2026-01', -1)).toBe('2025-12');
  });

  it('are checked before they are asked for', () => {
    expect(isDay('2026-02-28')).toBe(true);
    expect(isDay('2026-02-30')).toBe(false);
    expect(isDay('9999-01-01')).toBe(false);
    expect(isDay(20260101)).toBe(false);
  });

  it('durations show two units at most', () => {
    expect(durationParts(0)).toEqual([{ unit: 'second', value: 0 }]);
    expect(durationParts(90_061_000)).toEqual([
      { unit: 'day', value: 1 },
      { unit: 'hour', value: 1 },
    ]);
    expect(durationParts(86_400_000)).toEqual([{ unit: 'day', value: 1 }]);
  });
});
