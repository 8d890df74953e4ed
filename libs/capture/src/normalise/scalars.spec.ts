import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateOf, flagOf, idOf, idsOf, integerOf, moneyOf, timeOf } from './scalars.js';

describe('scalars of the portal', () => {
  it.each([[null], [undefined], [''], ['0'], [0], [false]])('%p is no id', (value) => {
    expect(idOf(value)).toBeNull();
  });

  it('ids are texts, lists of ids survive the empty shapes of PHP', () => {
    expect([idOf(12), idOf('12'), idOf('C5:NEW')]).toEqual(['12', '12', 'C5:NEW']);
    expect([idsOf([1, '2', '0']), idsOf([]), idsOf(false), idsOf('3')]).toEqual([['1', '2'], [], [], ['3']]);
  });

  it.each([
    ['2026-08-30T14:29:00+03:00', '2026-08-30T11:29:00.000Z'],
    ['2026-08-30T11:29:00Z', '2026-08-30T11:29:00.000Z'],
    ['', null],
    [{}, null],
    ['2026-08-29 10:30:11', null],
    ['9999-12-31T00:00:00+03:00', null],
  ])('time %p is %p', (value, expected) => {
    expect(timeOf(value)).toBe(expected);
  });

  it('dates are the day in UTC whatever offset the portal prints', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 12 }), (day, offsetHours) => {
        const midnight = new Date(day * 86_400_000);
        const offset = `+${String(offsetHours).padStart(2, '0')}:00`;
        const printed = new Date(midnight.getTime() + offsetHours * 3_600_000).toISOString().slice(0, 19) + offset;
        expect(dateOf(printed)).toBe(midnight.toISOString().slice(0, 10));
      }),
    );
    expect(dateOf('2026-09-01')).toBe('2026-09-01');
    expect(dateOf('')).toBeNull();
  });

  it('money of both kinds of methods is exact', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 99_999_999_999_999n }), (kopecks) => {
        const text = `${kopecks / 100n}.${String(kopecks % 100n).padStart(2, '0')}`;
        expect(moneyOf(text)).toBe(kopecks.toString());
        expect(moneyOf(JSON.parse(text))).toBe(kopecks.toString());
      }),
    );
    expect([moneyOf('300|RUB'), moneyOf(''), moneyOf(null), moneyOf('many')]).toEqual(['30000', null, null, null]);
  });

  it('flags and integers of every method', () => {
    expect([flagOf('Y'), flagOf('N'), flagOf(true), flagOf('0'), flagOf('?')]).toEqual([
      true,
      false,
      true,
      false,
      null,
    ]);
    expect([integerOf('61'), integerOf(61), integerOf('6.1'), integerOf(null)]).toEqual([61, 61, null, null]);
  });
});
