import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from './cursor.js';

const place = z.strictObject({ position: z.int().positive() });

test('a cursor comes back as it was given', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), (list, position) => {
      const cursor = encodeCursor({ list }, { position: position + 1 });
      expect(decodeCursor({ list }, cursor, place)).toEqual({ position: position + 1 });
    }),
  );
});

test('a cursor of another list is refused', () => {
  const cursor = encodeCursor({ list: 'a' }, { position: 1 });
  expect(() => decodeCursor({ list: 'b' }, cursor, place)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
});

test('whatever is not a cursor is refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(() => decodeCursor({}, text, place)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
    }),
  );
});

test('a place that was tampered with is refused', () => {
  const cursor = encodeCursor({}, { position: -5 });
  expect(() => decodeCursor({}, cursor, place)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }));
});
