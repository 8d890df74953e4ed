import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventIdOf } from './event-id.js';

test('an id is a UUIDv8 of the time and the identity, the same for ever', () => {
  expect(eventIdOf('2026-03-02T09:15:00.000Z', 'portal/deal:1/appeared')).toBe(
    eventIdOf(new Date('2026-03-02T09:15:00.000Z'), 'portal/deal:1/appeared'),
  );
  expect(eventIdOf('2026-03-02T09:15:00.000Z', 'portal/deal:1/appeared')).toBe('019cadd4-5620-8259-93ab-1c9f03241b5c');
});

test('ids have the form of a UUIDv8 and grow with time', () => {
  fc.assert(
    fc.property(fc.nat(4e12), fc.nat(4e12), fc.string(), fc.string(), (first, second, one, other) => {
      const [left, right] = [eventIdOf(new Date(first), one), eventIdOf(new Date(second), other)];
      expect(left).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      if (first < second) expect(left < right).toBe(true);
    }),
  );
});

test('other facts have other ids, times before 1970 and invalid times are dealt with', () => {
  const at = '2026-03-02T09:15:00.000Z';
  expect(eventIdOf(at, 'a')).not.toBe(eventIdOf(at, 'b'));
  expect(eventIdOf('1969-01-01T00:00:00Z', 'a')).toMatch(/^00000000-0000-8/);
  expect(() => eventIdOf('yesterday', 'a')).toThrow(RangeError);
});
