import { describe, expect, it } from '@jest/globals';
import { isPast, readMoment } from './moment.js';
import { instantOf, pastPreset, wallClockOf } from './wall-clock.js';

describe('the moment in an address', () => {
  it('is kept when it is one', () => {
    expect(readMoment({ asOf: '2026-03-12T15:00:00.000Z', view: 'now' })).toEqual({ asOf: '2026-03-12T15:00:00.000Z' });
    expect(isPast(readMoment({ asOf: '2026-03-12T15:00:00.000Z' }))).toBe(true);
    const both = { asOf: '2026-03-12T15:00:00.000Z', asAt: '3:1042' };
    expect(readMoment(both)).toEqual(both);
    expect(isPast(readMoment({ asAt: '3:1042', asOf: 'x' }))).toBe(true);
  });

  it.each([
    'yesterday',
    '2026-03-12',
    '2026-13-12T15:00:00.000Z',
    '2026-02-30T15:00:00.000Z',
    '1999-03-12T15:00:00.000Z',
    '',
    7,
    null,
  ])('is now for %j', (asOf) => {
    expect(readMoment({ asOf, asAt: asOf })).toEqual({});
  });
});

describe('the clock on the wall of the portal', () => {
  it('shows its own zone, whatever the zone of the browser', () => {
    expect(wallClockOf('2026-03-12T15:00:00.000Z', 'Europe/Moscow')).toEqual({ day: '2026-03-12', time: '18:00' });
    expect(wallClockOf('2026-03-12T21:30:00.000Z', 'Asia/Yekaterinburg')).toEqual({ day: '2026-03-13', time: '02:30' });
    expect(instantOf('2026-03-12', '18:00', 'Europe/Moscow')).toBe('2026-03-12T15:00:00.000Z');
    expect(instantOf('2026-07-12', '18:00', 'Europe/Berlin')).toBe('2026-07-12T16:00:00.000Z');
    expect(instantOf('2026-01-12', '18:00', 'Europe/Berlin')).toBe('2026-01-12T17:00:00.000Z');
  });

  it('is the same there and back, in every hour of a year', () => {
    for (let hour = 0; hour < 365 * 24; hour += 7) {
      const instant = new Date(Date.UTC(2026, 0, 1) + hour * 3_600_000).toISOString();
      const { day, time } = wallClockOf(instant, 'America/Sao_Paulo');
      expect(instantOf(day, time, 'America/Sao_Paulo')).toBe(instant);
    }
  });

  it('knows no time that is not one', () => {
    expect(instantOf('2026-03-12', '', 'Europe/Moscow')).toBeNull();
    expect(instantOf('2026-03-12', '25:00', 'Europe/Moscow')).toBeNull();
    expect(instantOf('2026-02-30', '10:00', 'Europe/Moscow')).toBeNull();
  });
});

describe('ready-made moments', () => {
  it('end with the last moment of a day of the portal', () => {
    expect(pastPreset('yesterday', '2026-03-15', 'Europe/Moscow')).toBe('2026-03-14T20:59:59.999Z');
    expect(pastPreset('week', '2026-03-05', 'Europe/Moscow')).toBe('2026-02-26T20:59:59.999Z');
    expect(pastPreset('month', '2026-03-15', 'Europe/Moscow')).toBe('2026-02-28T20:59:59.999Z');
    expect(pastPreset('quarter', '2026-03-15', 'Europe/Moscow')).toBe('2025-12-31T20:59:59.999Z');
    expect(pastPreset('quarter', '2026-11-15', 'Europe/Moscow')).toBe('2026-09-30T20:59:59.999Z');
  });
});
