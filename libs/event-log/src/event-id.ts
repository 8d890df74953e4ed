import { hash } from 'node:crypto';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const LARGEST_TIME_MS = 2 ** 48 - 1;

/**
 * The id of a fact: a UUIDv8 of the milliseconds of the fact's own time and a SHA-256 of its identity, so that the
 * same fact has the same id whoever saw it, and ids grow with time. `identity` names the portal too: ids are unique
 * within a bucket, which holds several portals. Times before 1970 count as 1970. Throws RangeError on an invalid time.
 */
export function eventIdOf(occurredAt: Date | string, identity: string): string {
  const timeMs = typeof occurredAt === 'string' ? Date.parse(occurredAt) : occurredAt.getTime();
  if (Number.isNaN(timeMs)) throw new RangeError('The time of an event id is not a time');
  const bytes = Buffer.allocUnsafe(16);
  bytes.writeUIntBE(Math.min(Math.max(timeMs, 0), LARGEST_TIME_MS), 0, 6);
  hash('sha256', identity, 'buffer').copy(bytes, 6, 0, 10);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  let id = '';
  for (let index = 0; index < 16; index += 1) {
    if (index === 4 || index === 6 || index === 8 || index === 10) id += '-';
    id += HEX[bytes[index] ?? 0];
  }
  return id;
}
