import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { leastChecks, qualityOf } from './employee-quality.js';

const none = { S1: 0, S2: 0, S3: 0 };

test('without evidence there is no quality, and without violations it is full', () => {
  expect(qualityOf({ checks: leastChecks - 1, confirmed: { ...none, S1: 5 } })).toBeNull();
  expect(qualityOf({ checks: 300, confirmed: none })).toBe('1.0000');
});

test('a violation rate counts at its lower bound, by what it weighs', () => {
  // Wilson of 6 of 300: from 0.92 % to 4.29 %.
  expect(qualityOf({ checks: 300, confirmed: { ...none, S1: 6 } })).toBe('0.9909');
  expect(qualityOf({ checks: 300, confirmed: { ...none, S2: 6 } })).toBe('0.9955');
  expect(qualityOf({ checks: 300, confirmed: { S1: 300, S2: 300, S3: 300 } })).toBe('0.0000');
});

test('more violations never make it better, and it is never below nothing or above one', () => {
  const count = fc.integer({ min: 0, max: 400 });
  fc.assert(
    fc.property(fc.integer({ min: leastChecks, max: 400 }), count, count, count, (checks, S1, S2, S3) => {
      const now = Number(qualityOf({ checks, confirmed: { S1, S2, S3 } }));
      expect(now).toBeGreaterThanOrEqual(0);
      expect(now).toBeLessThanOrEqual(1);
      expect(Number(qualityOf({ checks, confirmed: { S1: S1 + 1, S2, S3 } }))).toBeLessThanOrEqual(now);
    }),
  );
});
