import { expect, test } from '@jest/globals';
import { addMonths, daysOfMonth } from './month.js';

test.each([
  ['2026-03', -3, '2025-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-01', -13, '2024-12'],
  ['2026-05', 0, '2026-05'],
])('%s and %d months is %s', (month, count, other) => {
  expect(addMonths(month, count)).toBe(other);
});

test('a month has its days, that of a leap year one more', () => {
  expect(daysOfMonth('2026-02')).toHaveLength(28);
  expect(daysOfMonth('2028-02').at(-1)).toBe('2028-02-29');
  expect(daysOfMonth('2026-03')[0]).toBe('2026-03-01');
});
