import type { Verification } from '@funnelwatch/event-log';
import type { Texts } from './texts.js';

/** Damages listed per bucket; the JSON answer has more. */
const SHOWN_DAMAGES = 5;

/** A verification for a person: each bucket in a line, damages by position, then the verdict. */
export function describeVerification(verification: Verification, texts: Texts): string {
  const used = verification.buckets.filter(({ events, damageCount }) => events > 0 || damageCount > 0);
  const lines = used.flatMap(({ bucket, from, through, events, erased, damageCount, damages }) => [
    damageCount === 0
      ? texts.bucketIntact(bucket, from, through, events, erased)
      : texts.bucketDamaged(bucket, damageCount),
    ...damages.slice(0, SHOWN_DAMAGES).map(({ position, kind }) => `  ${bucket}:${position} ${texts.damage[kind]}`),
  ]);
  const events = used.reduce((sum, bucket) => sum + bucket.events, 0);
  return [...lines, verification.isIntact ? texts.logIntact(events) : texts.logDamaged].join('\n');
}
