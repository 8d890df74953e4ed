import { chainHash, digestOf, recordedAtOf, sealedDigestOf } from '../envelope.js';
import type { VerifiedRow } from './verify-log.js';

export type DamageKind =
  | 'missing'
  | 'content'
  | 'sealed content'
  | 'identity'
  | 'chain'
  | 'beyond the counter'
  | 'counter hash'
  | 'rewritten since it was verified';

export interface CheckedEvent {
  damages: DamageKind[];
  isErased: boolean;
  /** The stored hash, from which the next event goes on: one damaged event is one damage. */
  hash: Buffer;
}

/** Checks one row by itself and against the hash before it. */
export function checkEvent(bucket: number, row: VerifiedRow, previous: Buffer): CheckedEvent {
  const [position, version, portalId, recordedAt, digestText, hashText, body, sealed, eventId, streamId] = row;
  const damages: DamageKind[] = [];
  const digest = Buffer.from(digestText.slice(2), 'hex');
  const hash = Buffer.from(hashText.slice(2), 'hex');
  const signed = JSON.parse(body) as { data: unknown; eventId: string; streamId: string; sealedDigest?: string };

  const isDataErased = signed.data === null && !digestOf(body).equals(digest);
  if (!isDataErased && !digestOf(body).equals(digest)) damages.push('content');
  const isSealedErased = sealed === null && signed.sealedDigest !== undefined;
  if (sealed !== null && sealedDigestOf(sealed) !== signed.sealedDigest) damages.push('sealed content');
  if (signed.eventId.toLowerCase() !== eventId || signed.streamId !== streamId) damages.push('identity');
  const placed = {
    bucket,
    portalId,
    position: Number(position),
    version: Number(version),
    recordedAt: recordedAtOf(recordedAt),
  };
  if (!chainHash(previous, digest, placed).equals(hash)) damages.push('chain');
  return { damages, isErased: isDataErased || isSealedErased, hash };
}
