import type { IHeaders, KafkaMessage } from '@funnelwatch/kafka';
import type { StoredEvent } from '@funnelwatch/kernel';
import { hash } from 'node:crypto';
import { decodeEvent, recordedAtOf, sealedDigestOf } from '../envelope.js';
import type { EventRow } from '../read/read-events.js';

export interface EventMessage {
  key: string;
  value: Buffer;
  partition: number;
  headers: Record<string, string>;
}

/** The partition of a message, and the life of the log whose copies it may hold. */
export interface Place {
  bucket: number;
  incarnation: string;
}

const BEFORE_BODY = '{"event":';
const BEFORE_SEALED = ',"sealed":';

/**
 * A stored event as a message: CloudEvents attributes in the headers, the exact stored texts in the value, sealed parts
 * as they are. An event larger than `mostBytes` travels as its headers alone; whoever needs it reads the log.
 */
export function messageOf({ bucket, incarnation }: Place, row: EventRow, mostBytes: number): EventMessage {
  const [position, version, portalId, recordedAt, digest, hash, body, sealed] = row;
  const { eventId, type, streamId, occurredAt, schemaVersion } = JSON.parse(body) as {
    eventId: string;
    type: string;
    streamId: string;
    occurredAt: string;
    schemaVersion: number;
  };
  const value = Buffer.from(`${BEFORE_BODY}${body}${BEFORE_SEALED}${sealed ?? 'null'}}`);
  const isElided = value.length > mostBytes;
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: eventId,
    ce_source: `/portals/${portalId}`,
    ce_type: type,
    ce_subject: streamId,
    ce_time: occurredAt,
    'content-type': 'application/json',
    ce_portalid: portalId,
    ce_incarnation: incarnation,
    ce_bucket: String(bucket),
    ce_position: position,
    ce_version: version,
    ce_schemaversion: String(schemaVersion),
    ce_recordedat: recordedAtOf(recordedAt),
    ce_digest: digest.slice(2),
    ce_hash: hash.slice(2),
    ce_bodybytes: String(Buffer.byteLength(body)),
  };
  if (isElided) headers['ce_elided'] = '1';
  return {
    key: `${portalId}/${streamId}`,
    value: isElided ? Buffer.alloc(0) : value,
    partition: bucket,
    headers,
  };
}

/** Why a message is not taken as it is; the log has the event. */
export type UnusableReason = 'foreign' | 'elided' | 'undecodable' | 'wrong digest';

/** Position of a message of the bucket; null when it is none of ours. */
export function positionOf({ bucket, incarnation }: Place, headers: IHeaders | undefined): number | null {
  if (numberOf(headers, 'ce_bucket') !== bucket || !isText(headers?.['ce_incarnation'], incarnation)) return null;
  const position = numberOf(headers, 'ce_position');
  return Number.isSafeInteger(position) && position > 0 ? position : null;
}

/**
 * The event that the message of a position carries, checked against the digest that the log gave it, or why it cannot be
 * used.
 */
export function eventOfMessage(
  bucket: number,
  position: number,
  { value, headers }: Pick<KafkaMessage, 'value' | 'headers'>,
): StoredEvent | UnusableReason {
  if (!value || value.length === 0) return textOf(headers, 'ce_elided') === '1' ? 'elided' : 'undecodable';
  const bodyBytes = numberOf(headers, 'ce_bodybytes');
  const portalId = textOf(headers, 'ce_portalid');
  const digest = textOf(headers, 'ce_digest');
  const sealedFrom = BEFORE_BODY.length + bodyBytes + BEFORE_SEALED.length;
  if (!Number.isSafeInteger(bodyBytes) || portalId === undefined || value.length < sealedFrom) return 'undecodable';
  try {
    const body = value.toString('utf8', BEFORE_BODY.length, BEFORE_BODY.length + bodyBytes);
    if (hash('sha256', body, 'hex') !== digest) return 'wrong digest';
    const sealed = isNull(value, sealedFrom) ? null : value.toString('utf8', sealedFrom, value.length - 1);
    const event = decodeEvent(body, sealed, {
      portalId,
      bucket,
      position,
      version: numberOf(headers, 'ce_version'),
      recordedAt: textOf(headers, 'ce_recordedat') ?? '',
      digest,
      hash: textOf(headers, 'ce_hash') ?? '',
    });
    return event.erased || !isSealedRight(body, sealed) ? 'wrong digest' : event;
  } catch {
    return 'undecodable';
  }
}

/** The canonical body holds the digest of its sealed parts right after `schemaVersion`. */
function isSealedRight(body: string, sealed: string | null): boolean {
  if (sealed === null) return true;
  return body.includes(`,"sealedDigest":"${sealedDigestOf(sealed)}",`);
}

const isNull = (value: Buffer, from: number): boolean =>
  value.length === from + 5 && value.readUInt32BE(from) === NULL_TEXT;
/** `null` as the four bytes it is. */
const NULL_TEXT = 0x6e756c6c;

// Every message passes here: digits and comparisons are read off the bytes, since making a text of a header costs more.

function numberOf(headers: IHeaders | undefined, name: string): number {
  const bytes = headers?.[name];
  if (!Buffer.isBuffer(bytes)) return Number(textOf(headers, name));
  if (bytes.length === 0 || bytes.length > 15) return NaN;
  let number = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const digit = (bytes[index] ?? 0) - 48;
    if (digit < 0 || digit > 9) return NaN;
    number = number * 10 + digit;
  }
  return number;
}

function isText(header: IHeaders[string], text: string): boolean {
  if (!Buffer.isBuffer(header)) return header === text;
  if (header.length !== text.length) return false;
  for (let index = 0; index < header.length; index += 1) if (header[index] !== text.charCodeAt(index)) return false;
  return true;
}

function textOf(headers: IHeaders | undefined, name: string): string | undefined {
  const value = headers?.[name];
  return typeof value === 'string' ? value : Buffer.isBuffer(value) ? value.toString('latin1') : undefined;
}
