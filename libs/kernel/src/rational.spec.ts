import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Rational } from './rational.js';

const rational = fc
  .tuple(fc.bigInt(-(10n ** 12n), 10n ** 12n), fc.bigInt(1n, 10n ** 9n))
  .map(([over, under]) => Rational.of(over, under));

test('fractions are kept reduced, with the sign above', () => {
  expect(String(Rational.of(6n, -8n))).toBe('-3/4');
  expect(String(Rational.of(0n, -5n))).toBe('0');
  expect(() => Rational.of(1n, 0n)).toThrow(RangeError);
});

test.each([
  ['0.15', '3/20'],
  ['-2,5', '-5/2'],
  [' 15 ', '15'],
  ['0.000001', '1/1000000'],
])('%s is %s', (text, expected) => {
  expect(String(Rational.ofDecimal(text))).toBe(expected);
});

test.each(['', '1e3', '0x1', '1.2.3', 'NaN', '.5', '5.'])('%j is no decimal number', (text) => {
  expect(() => Rational.ofDecimal(text)).toThrow(RangeError);
});

test.each([
  [5n, 2n, 2n, 3n, 3n],
  [-5n, 2n, -3n, -2n, -3n],
  [7n, 1n, 7n, 7n, 7n],
  [-1n, 3n, -1n, 0n, 0n],
])('%d/%d lies between %d and %d and rounds to %d', (over, under, floor, ceil, round) => {
  const value = Rational.of(over, under);
  expect([value.floor(), value.ceil(), value.round()]).toEqual([floor, ceil, round]);
});

test('twenty-one at seven of ten are thirty, which floats make thirty-one', () => {
  expect(Math.ceil(21 / 0.7)).toBe(31);
  expect(Rational.of(21).over(Rational.of(7, 10)).ceil()).toBe(30n);
});

test('sums and products are those of a field', () => {
  fc.assert(
    fc.property(rational, rational, rational, (one, two, three) => {
      const same = (left: Rational, right: Rational) => expect(left.compare(right)).toBe(0);
      same(one.plus(two), two.plus(one));
      same(one.times(two.plus(three)), one.times(two).plus(one.times(three)));
      same(one.minus(two).plus(two), one);
      if (two.compare(Rational.zero) !== 0) same(one.over(two).times(two), one);
    }),
  );
});

test('a whole number lies within half of what rounds to it, and comparing goes by the numbers', () => {
  fc.assert(
    fc.property(rational, rational, (one, other) => {
      const off = one.minus(Rational.of(one.round()));
      expect(Math.abs(off.toNumber())).toBeLessThanOrEqual(0.5);
      expect(one.floor() <= one.round() && one.round() <= one.ceil()).toBe(true);
      expect(Math.sign(one.compare(other))).toBe(-Math.sign(other.compare(one)));
      expect(one.compare(other) > 0).toBe(one.minus(other).numerator > 0n);
    }),
  );
});
