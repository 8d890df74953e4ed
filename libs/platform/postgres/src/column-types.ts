import pg from 'pg';

const OID_INT8 = 20;
const OID_INT8_ARRAY = 1016;
const OID_DATE = 1082;

/** A bigint column as a number; throws where a number could not hold it, so that nothing is rounded in silence. */
export function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return value;
}

function integerArray(text: string): (number | null)[] {
  const inner = text.slice(1, -1);
  return inner === '' ? [] : inner.split(',').map((item) => (item === 'NULL' ? null : safeInteger(item)));
}

/**
 * How columns become values: bigint → number (throws beyond 2^53), `date` → `YYYY-MM-DD` text (never a local-time
 * Date), the rest as node-postgres does it (numeric stays text, timestamptz is a Date, json is parsed).
 */
export const columnTypes: pg.CustomTypesConfig = { getTypeParser: parserOf };

function parserOf(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
  if (format !== 'binary') {
    if (oid === OID_INT8) return safeInteger;
    if (oid === OID_INT8_ARRAY) return integerArray;
    if (oid === OID_DATE) return String;
  }
  return pg.types.getTypeParser(oid, 'text') as (text: string) => unknown;
}

/** Every column as PostgreSQL prints it, for hot paths that parse by themselves. */
export const textColumns: pg.CustomTypesConfig = { getTypeParser: () => String };
