import { type JsonValue, kopecksOf } from '@funnelwatch/kernel';

/** Readers of the portal's scalars: they take what REST sent, whatever its type, and give the canonical value. */
export type ScalarReader = (value: unknown) => JsonValue;

/** An id; "0", 0, "" and null mean none. */
export function idOf(value: unknown): string | null {
  if (typeof value === 'number') return value === 0 ? null : String(value);
  if (typeof value !== 'string' || value === '' || value === '0') return null;
  return value;
}

/** Several ids; the portal writes none as `[]`, `false`, "" or null. */
export function idsOf(value: unknown): string[] {
  if (!Array.isArray(value)) {
    const single = idOf(value);
    return single === null ? [] : [single];
  }
  return value.map(idOf).filter((id) => id !== null);
}

/** A short code, number or system text; empty is null. */
export function codeOf(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;
/** Builds without a deadline write a constant of this year. */
const NO_DEADLINE_YEAR = '9999';

/** ISO 8601 UTC with milliseconds; empty, `{}` and texts without an offset (whose zone nobody tells) are null. */
export function timeOf(value: unknown): string | null {
  if (typeof value !== 'string' || !WITH_OFFSET.test(value) || value.startsWith(NO_DEADLINE_YEAR)) return null;
  const timeMs = Date.parse(value);
  return Number.isNaN(timeMs) ? null : new Date(timeMs).toISOString();
}

/** `YYYY-MM-DD`. The portal prints midnight UTC of the day with its own offset, so the day is the one in UTC. */
export function dateOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value;
  return timeOf(value)?.slice(0, 10) ?? null;
}

/** Y/N, 1/0 and true/false; anything else is null. */
export function flagOf(value: unknown): boolean | null {
  if (value === true || value === 'Y' || value === '1' || value === 1) return true;
  if (value === false || value === 'N' || value === '0' || value === 0) return false;
  return null;
}

/**
 * Integer kopecks as a decimal string. Item methods send JSON numbers: JavaScript prints the shortest text that gives
 * the same number, which is the text the portal sent as long as it has at most 15 significant digits.
 */
export function moneyOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return kopecksOf(plainDecimal(value))?.toString() ?? null;
  // Money of user fields reads "300|RUB".
  if (typeof value === 'string' && value !== '') return kopecksOf(value.split('|')[0] ?? '')?.toString() ?? null;
  return null;
}

export const moneyOrZero = (value: unknown): string => moneyOf(value) ?? '0';

/** A quantity or rate as a decimal text without rounding. */
export function decimalOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return plainDecimal(value);
  return typeof value === 'string' && /^[+-]?\d+([.,]\d+)?$/.test(value.trim()) ? value.trim().replace(',', '.') : null;
}

export function integerOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : null;
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) return null;
  const integer = Number(value);
  return Number.isSafeInteger(integer) ? integer : null;
}

/** Any text; empty is null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** The value as it came, with the empty shapes of PHP (`[]`, `{}`, "", false for lists) made null. */
export function rawOf(value: unknown): JsonValue {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.length === 0 ? null : (value as JsonValue);
  if (typeof value === 'object' && Object.keys(value).length === 0) return null;
  return value as JsonValue;
}

function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(10).replace(/\.?0+$/, '') : text;
}
