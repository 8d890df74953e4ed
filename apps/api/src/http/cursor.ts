import { createHash } from 'node:crypto';
import { canonicalJson, Rejection } from '@funnelwatch/kernel';
import type { z } from 'zod';

const digestLength = 12;

/**
 * Cursors are opaque to callers: the place where a page ended and a digest of the list it belongs to, so that a cursor
 * of another list or filter is refused instead of answering nonsense. The place is validated, never trusted.
 */
export function encodeCursor(list: unknown, place: unknown): string {
  return Buffer.from(JSON.stringify([digestOf(list), place])).toString('base64url');
}

/** Throws `Rejection` CURSOR_INVALID. */
export function decodeCursor<Place>(list: unknown, cursor: string, schema: z.ZodType<Place>): Place {
  const decoded = parse(cursor);
  const place = Array.isArray(decoded) && decoded[0] === digestOf(list) ? schema.safeParse(decoded[1]) : null;
  if (place?.success) return place.data;
  throw new Rejection('CURSOR_INVALID', 'The cursor does not belong to this list. Start again without a cursor.');
}

function digestOf(list: unknown): string {
  return createHash('sha256').update(canonicalJson(list)).digest('base64url').slice(0, digestLength);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
