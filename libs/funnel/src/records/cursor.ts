import { Rejection } from '@funnelwatch/kernel';

/** Place of a row in a list: rows come newest first, then by id and sequence. */
export interface RowPlace {
  countedAt: Date;
  objectId: string;
  sequence: number;
}

const longestCursor = 400;

/** Opaque text of a place. */
export function cursorOf({ countedAt, objectId, sequence }: RowPlace): string {
  return Buffer.from(JSON.stringify([countedAt.getTime(), objectId, sequence])).toString('base64url');
}

/** Throws `Rejection` FUNNEL_CURSOR_INVALID for anything `cursorOf` did not write. */
export function placeOf(cursor: string): RowPlace {
  try {
    if (cursor.length > longestCursor || !/^[\w-]+$/.test(cursor)) throw new TypeError('not a cursor');
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(value) || value.length !== 3) throw new TypeError('not a place');
    const [timeMs, objectId, sequence] = value as unknown[];
    if (typeof objectId !== 'string' || !/^[\w:.-]{1,100}$/.test(objectId)) throw new TypeError('not an id');
    return {
      countedAt: new Date(integerBelow(8e12, timeMs)),
      objectId,
      sequence: integerBelow(2 ** 31, sequence),
    };
  } catch (cause) {
    throw new Rejection('FUNNEL_CURSOR_INVALID', 'The cursor is not one this list gave; start from its beginning.', {
      cause,
    });
  }
}

function integerBelow(limit: number, value: unknown): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) >= limit) {
    throw new TypeError('not an integer of this place');
  }
  return value;
}
