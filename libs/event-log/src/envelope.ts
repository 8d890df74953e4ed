import { hash } from 'node:crypto';
import { canonicalJson, type NewEvent, type SealedParts, type StoredEvent } from '@funnelwatch/kernel';

/** An event as the log stores it: exact texts and the digest over them. */
export interface EncodedEvent {
  eventId: string;
  /** Canonical envelope: the author's fields with sorted keys, `sealedDigest` in place of `sealed`. */
  body: string;
  sealed: string | null;
  digest: Buffer;
}

interface Envelope extends Omit<NewEvent, 'sealed'> {
  sealedDigest?: string;
}

export function encodeEvent(event: NewEvent): EncodedEvent {
  const sealed = event.sealed && Object.keys(event.sealed).length > 0 ? canonicalJson(event.sealed) : null;
  const sealedDigest = sealed === null ? undefined : sealedDigestOf(sealed);
  // The keys stand in order: sorting them would cost more than writing them.
  const body = canonicalJson({
    actor: event.actor,
    causationId: event.causationId,
    correlationId: event.correlationId,
    data: event.data,
    eventId: event.eventId,
    occurredAt: event.occurredAt,
    provenance: event.provenance,
    schemaVersion: event.schemaVersion,
    sealedDigest,
    streamId: event.streamId,
    type: event.type,
  });
  return { eventId: event.eventId, body, sealed, digest: digestOf(body) };
}

/** By way of hex, which takes half of the time of an answer in a buffer. */
export const digestOf = (body: string): Buffer => Buffer.from(hash('sha256', body, 'hex'), 'hex');

export const sealedDigestOf = (sealed: string): string => hash('sha256', sealed, 'base64url');

/** What only the log knows about an event. */
export interface Placement {
  portalId: string;
  bucket: number;
  position: number;
  version: number;
  recordedAt: string;
  digest: string;
  hash: string;
}

/** The stored texts as an event again. `data` or `sealed` that was erased comes back as null, with `erased` set. */
export function decodeEvent(body: string, sealed: string | null, placement: Placement): StoredEvent {
  const envelope = JSON.parse(body) as Envelope;
  const { sealedDigest } = envelope;
  if (sealedDigest !== undefined) delete envelope.sealedDigest;
  // One by one, which is faster than copying them all.
  const event = envelope as StoredEvent;
  event.portalId = placement.portalId;
  event.bucket = placement.bucket;
  event.position = placement.position;
  event.version = placement.version;
  event.recordedAt = placement.recordedAt;
  event.digest = placement.digest;
  event.hash = placement.hash;
  if (sealed !== null) event.sealed = JSON.parse(sealed) as SealedParts;
  const sealedErased = sealed === null && sealedDigest !== undefined;
  if (sealedErased) event.sealed = null as unknown as SealedParts;
  if (sealedErased || event.data === null) event.erased = true;
  return event;
}

const POSTGRES_EPOCH_MS = 946_684_800_000;

/** Hash of the chain before the first event of a bucket. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

/** What is hashed. Neighbours in the log mostly share portal and time, which stay written from the last use. */
const chained = Buffer.alloc(108);
const written = { portalId: '', recordedAt: '' };

/** The same bytes as the SQL function `log.chain_hash`. */
export function chainHash(previous: Buffer, digest: Buffer, placed: Omit<Placement, 'digest' | 'hash'>): Buffer {
  return Buffer.from(chainHashInHex(previous.toString('hex'), digest.toString('hex'), placed), 'hex');
}

/** As `chainHash`, of texts as events carry them. Empty when one of them is no hash, id or time. */
export function chainHashInHex(previous: string, digest: string, placed: Omit<Placement, 'digest' | 'hash'>): string {
  const { portalId, recordedAt } = placed;
  if (recordedAt !== written.recordedAt) {
    written.recordedAt = '';
    const timeMs = Date.parse(`${recordedAt.slice(0, 23)}Z`);
    if (Number.isNaN(timeMs)) return '';
    const microseconds = Number(recordedAt.slice(23, 26));
    chained.writeBigInt64BE(BigInt(timeMs - POSTGRES_EPOCH_MS) * 1000n + BigInt(microseconds), 52);
    written.recordedAt = recordedAt;
  }
  if (portalId !== written.portalId) {
    written.portalId = '';
    if (chained.write(portalId.replaceAll('-', ''), 60, 16, 'hex') !== 16) return '';
    written.portalId = portalId;
  }
  if (chained.write(previous, 0, 32, 'hex') !== 32 || chained.write(digest, 76, 32, 'hex') !== 32) return '';
  chained.writeInt32BE(placed.bucket, 32);
  writeInt64(placed.position, 36);
  writeInt64(placed.version, 44);
  return hash('sha256', chained, 'hex');
}

/** Two halves are written several times faster than a BigInt. */
function writeInt64(value: number, at: number): void {
  chained.writeInt32BE(Math.floor(value / 2 ** 32), at);
  chained.writeUInt32BE(value % 2 ** 32, at + 4);
}

/** `2026-11-24 07:13:00.1234+00` (timestamptz in a UTC session) → `2026-11-24T07:13:00.123400Z`. */
export function recordedAtOf(timestamptz: string): string {
  const seconds = timestamptz.slice(0, 19).replace(' ', 'T');
  const fraction = timestamptz.charAt(19) === '.' ? timestamptz.slice(20, timestamptz.lastIndexOf('+')) : '';
  return `${seconds}.${fraction.padEnd(6, '0')}Z`;
}
