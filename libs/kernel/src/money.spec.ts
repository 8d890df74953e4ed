import { expect, test } from '@jest/globals';
import { kopecksOf, roublesOf } from './money.js';

test.each([
  ['150000.00', 15000000n],
  ['999.9', 99990n],
  ['1000', 100000n],
  ['-5.5', -550n],
  ['0.005', 1n],
  ['0.0049', 0n],
])('%s is %s kopecks', (text, kopecks) => {
  expect(kopecksOf(text)).toBe(kopecks);
});

test('what is not a number is refused', () => {
  expect(kopecksOf('')).toBeNull();
  expect(kopecksOf('12 рублей')).toBeNull();
});

test('roubles keep two decimals and the sign', () => {
  expect(roublesOf(15000050n)).toBe('150000.50');
  expect(roublesOf(-5n)).toBe('-0.05');
});
