import type { Texts } from './texts.js';
import type { Verified } from './verify-command.js';

/** Damages listed per bucket; the JSON answer has more. */
const SHOWN_DAMAGES = 5;

/**
 * A verification for a person: each bucket in a line, damages by position, the verdict on the log; then checkpoints that
 * are wrong, the age of certificates, read models that were compared.
 */
export function describeVerification(verified: Verified, texts: Texts): string {
  const used = verified.buckets.filter(({ events, damageCount }) => events > 0 || damageCount > 0);
  const lines = used.flatMap(({ bucket, from, through, events, erased, damageCount, damages }) => [
    damageCount === 0
      ? texts.bucketIntact(bucket, from, through, events, erased)
      : texts.bucketDamaged(bucket, damageCount),
    ...damages.slice(0, SHOWN_DAMAGES).map(({ position, kind }) => `  ${bucket}:${position} ${texts.damage[kind]}`),
  ]);
  const isLogIntact = verified.buckets.every(({ damageCount }) => damageCount === 0);
  const events = used.reduce((sum, bucket) => sum + bucket.events, 0);
  lines.push(isLogIntact ? texts.logIntact(events) : texts.logDamaged);
  for (const { projection, bucket, position, head, errorCode } of verified.checkpoints) {
    lines.push(
      position > head
        ? texts.checkpointAhead(projection, bucket, position, head)
        : texts.checkpointStopped(projection, bucket, position, errorCode ?? ''),
    );
  }
  for (const { name, ageSeconds } of verified.certificates) {
    lines.push(texts.certificateAge(name, ageSeconds === null ? null : Math.round(ageSeconds / 60)));
  }
  for (const { readModel, portals } of verified.readModels) {
    const wrong = portals.filter(({ difference }) => difference !== null);
    lines.push(texts.readModelCompared(readModel, portals.length, wrong.length));
    for (const { portalId, difference } of wrong) lines.push(`  ${portalId}  ${difference}`);
  }
  return lines.join('\n');
}
