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
    const isPlace =
      Number.isInteger(timeMs) &&
      Math.abs(timeMs as number) < 8e12 &&
      typeof objectId === 'string' &&
      /^[\w:.-]{1,100}$/.test(objectId) &&
      Number.isInteger(sequence) &&
      Math.abs(sequence as number) < 2 ** 31;
    if (!isPlace) throw new TypeError('not a place');
    return { countedAt: new Date(timeMs as number), objectId: objectId as string, sequence: sequence as number };
  } catch (cause) {
    throw new Rejection('FUNNEL_CURSOR_INVALID', 'The cursor is not one this list gave; start from its beginning.', {
      cause,
    });
  }
}
