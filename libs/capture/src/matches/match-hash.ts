import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { MatchValue } from './match-values.js';

const HASH_BYTES = 16;

/**
 * HMAC-SHA256 of values under a secret of the portal that serves nothing else, cut to 128 bits: equal for equal values,
 * and nobody without the secret can try out phone numbers against it. Values of different kinds never have the same.
 */
export class MatchHash {
  private readonly key: KeyObject;

  constructor(secret: string) {
    this.key = createSecretKey(secret, 'utf8');
  }

  of({ kind, value }: MatchValue): Buffer {
    return createHmac('sha256', this.key).update(`${kind}\u0000${value}`).digest().subarray(0, HASH_BYTES);
  }
}
