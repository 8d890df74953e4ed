import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cursorOf, placeOf } from './cursor.js';

test('a place survives its cursor', () => {
  const place = { countedAt: new Date('2026-03-01T09:00:00.000Z'), objectId: '123', sequence: 4 };
  expect(placeOf(cursorOf(place))).toEqual(place);
});

test.each(['', 'x', 'W10', 'bnVsbA', Buffer.from('[1e99,"1",0]').toString('base64url'), 'a'.repeat(10_000), 'a\0'])(
  'cursor %#, which no list gave, is refused',
  (cursor) => {
    expect(() => placeOf(cursor)).toThrow(expect.objectContaining({ code: 'FUNNEL_CURSOR_INVALID' }));
  },
);

test('no text does more harm than being refused', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json().map((text) => Buffer.from(text).toString('base64url')),
      ),
      (cursor) => {
        try {
          placeOf(cursor);
        } catch (error) {
          expect(error).toMatchObject({ code: 'FUNNEL_CURSOR_INVALID' });
        }
      },
    ),
  );
});
