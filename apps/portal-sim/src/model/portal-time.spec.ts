import { describe, expect, it } from '@jest/globals';
import { PortalTime } from './portal-time.js';

describe('times of a portal', () => {
  it('carry the offset of its zone, also across a change of it', () => {
    const moscow = new PortalTime('Europe/Moscow');
    expect(moscow.dateTime(Date.parse('2026-09-01T07:00:00Z'))).toBe('2026-09-01T10:00:00+03:00');
    const berlin = new PortalTime('Europe/Berlin');
    expect(berlin.dateTime(Date.parse('2026-10-25T00:59:59Z'))).toBe('2026-10-25T02:59:59+02:00');
    expect(berlin.dateTime(Date.parse('2026-10-25T01:00:00Z'))).toBe('2026-10-25T02:00:00+01:00');
    expect(new PortalTime('Asia/Kolkata').dateTime(0)).toBe('1970-01-01T05:30:00+05:30');
  });

  it('print a date as midnight UTC of that day', () => {
    expect(new PortalTime('Europe/Moscow').date('2026-09-01')).toBe('2026-09-01T03:00:00+03:00');
  });

  it('read values without an offset as local', () => {
    const time = new PortalTime('Europe/Moscow');
    const wanted = Date.parse('2026-09-01T10:00:00+03:00');
    for (const text of [
      '2026-09-01T10:00:00+03:00',
      '2026-09-01 10:00:00',
      '2026-09-01T10:00',
      '01.09.2026 10:00:00',
    ]) {
      expect(time.parse(text)).toBe(wanted);
    }
    expect(time.parse('2026-09-01')).toBe(wanted - 10 * 3_600_000);
    expect(time.parse('soon')).toBeNaN();
  });
});
