import type { JsonObject, JsonValue } from '@funnelwatch/kernel';
import type { Truth } from './truth.js';

/** The truth as JSON: keys in a stable order, kopecks as decimal strings. */
export function writeTruth(truth: Truth): JsonObject {
  return writeObject(truth);
}

function writeObject(value: object): JsonObject {
  const entries = Object.entries(value) as [string, unknown][];
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, write(member)]));
}

function write(value: unknown): JsonValue {
  if (typeof value === 'bigint') return value.toString();
  if (Array.isArray(value)) return value.map(write);
  if (typeof value === 'object' && value !== null) return writeObject(value);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return null;
}
