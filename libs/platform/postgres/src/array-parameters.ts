/**
 * Arrays as PostgreSQL's binary wire format. A `Buffer` parameter is sent as binary, which spares the quoting and
 * parsing of array literals: use these for `unnest` and for functions that take arrays.
 */
const OID = { bool: 16, bytea: 17, int8: 20, int4: 23, text: 25, json: 114, timestamptz: 1184, uuid: 2950 } as const;
const HEADER_BYTES = 20;
const POSTGRES_EPOCH_MS = 946_684_800_000;

function header(buffer: Buffer, oid: number, length: number, hasNull: boolean): void {
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(hasNull ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  if (length > 0) {
    buffer.writeInt32BE(length, 12);
    buffer.writeInt32BE(1, 16);
  }
}

function fixed<Value>(
  oid: number,
  size: number,
  values: readonly (Value | null)[],
  write: (buffer: Buffer, value: Value, at: number) => void,
): Buffer {
  const present = values.reduce<number>((count, value) => (value === null ? count : count + 1), 0);
  const buffer = Buffer.allocUnsafe(values.length === 0 ? 12 : HEADER_BYTES + values.length * 4 + present * size);
  header(buffer, oid, values.length, present < values.length);
  let at = HEADER_BYTES;
  for (const value of values) {
    if (value === null) {
      at = buffer.writeInt32BE(-1, at);
      continue;
    }
    at = buffer.writeInt32BE(size, at);
    write(buffer, value, at);
    at += size;
  }
  return buffer;
}

function variable<Value extends string | Buffer>(oid: number, values: readonly (Value | null)[]): Buffer {
  let size = HEADER_BYTES;
  let hasNull = false;
  const lengths = values.map((value) => {
    const length = value === null ? -1 : typeof value === 'string' ? Buffer.byteLength(value) : value.length;
    if (length < 0) hasNull = true;
    size += 4 + Math.max(length, 0);
    return length;
  });
  const buffer = Buffer.allocUnsafe(values.length === 0 ? 12 : size);
  header(buffer, oid, values.length, hasNull);
  let at = HEADER_BYTES;
  values.forEach((value, index) => {
    const length = lengths[index] ?? -1;
    at = buffer.writeInt32BE(length, at);
    if (value === null) return;
    if (typeof value === 'string') buffer.write(value, at);
    else value.copy(buffer, at);
    at += length;
  });
  return buffer;
}

/** `text[]` */
export const textArray = (values: readonly (string | null)[]): Buffer => variable(OID.text, values);

/** `json[]` of texts that are JSON already. */
export const jsonArray = (values: readonly (string | null)[]): Buffer => variable(OID.json, values);

/** `bytea[]` */
export const byteaArray = (values: readonly (Buffer | null)[]): Buffer => variable(OID.bytea, values);

/** `int4[]` */
export const int4Array = (values: readonly (number | null)[]): Buffer =>
  fixed(OID.int4, 4, values, (buffer, value, at) => buffer.writeInt32BE(value, at));

/** `int8[]` of numbers or BigInts. */
export const int8Array = (values: readonly (number | bigint | null)[]): Buffer =>
  fixed(OID.int8, 8, values, (buffer, value, at) => buffer.writeBigInt64BE(BigInt(value), at));

/** `bool[]` */
export const boolArray = (values: readonly (boolean | null)[]): Buffer =>
  fixed(OID.bool, 1, values, (buffer, value, at) => buffer.writeUInt8(value ? 1 : 0, at));

/** `uuid[]`; throws when a value is not a UUID. */
export const uuidArray = (values: readonly (string | null)[]): Buffer =>
  fixed(OID.uuid, 16, values, (buffer, value, at) => {
    const digits = value.replaceAll('-', '');
    if (digits.length !== 32 || buffer.write(digits, at, 'hex') !== 16) throw new TypeError('not a UUID');
  });

/** `timestamptz[]` of Dates or of ISO 8601 texts, to the millisecond; throws when a text is not a time. */
export const timestamptzArray = (values: readonly (Date | string | null)[]): Buffer =>
  fixed(OID.timestamptz, 8, values, (buffer, value, at) => {
    const timeMs = typeof value === 'string' ? Date.parse(value) : value.getTime();
    if (Number.isNaN(timeMs)) throw new TypeError('not a time');
    buffer.writeBigInt64BE(BigInt(timeMs - POSTGRES_EPOCH_MS) * 1000n, at);
  });
