import { expect, test } from '@jest/globals';
import { formatInterval, parseInterval } from './intervals.js';

test.each([
  ['20ms', 20],
  ['1.5s', 1_500],
  ['5m', 300_000],
  ['1h30m', 5_400_000],
  ['1d', 86_400_000],
  ['2w', 1_209_600_000],
])('%s are %d milliseconds', (text, milliseconds) => {
  expect(parseInterval(text)).toBe(milliseconds);
});

test.each(['1M', '1y', '', '5', 'm', '1d12h', '-5m', '5 m', 'auto'])('"%s" is refused', (text) => {
  expect(() => parseInterval(text)).toThrow();
});

test.each([
  [0, '1ms'],
  [999, '999ms'],
  [60_000, '1m'],
  [90_000, '1m'],
  [7_200_000, '2h'],
  [86_400_000, '1d'],
  [14 * 86_400_000, '14d'],
  [800 * 86_400_000, '2y'],
])('%d milliseconds are shown as %s: the largest unit, cut', (milliseconds, text) => {
  expect(formatInterval(milliseconds)).toBe(text);
});
