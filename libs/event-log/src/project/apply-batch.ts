import { Rejection, type StoredEvent } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import { type CheckpointKey, lockCheckpoint, moveCheckpoint } from './checkpoint.js';
import type { ProjectionOptions } from './projection-options.js';

/** The checkpoint is not where this worker left it: another one has the bucket, or the answer to a commit was lost. */
export class BucketLost extends Error {
  override readonly name = 'BucketLost';
}

/** One transaction: lock the checkpoint, apply, move the checkpoint. Returns the new position. */
export async function applyBatch(
  options: ProjectionOptions,
  key: CheckpointKey,
  position: number,
  events: StoredEvent[],
): Promise<number> {
  const last = refuseHole(key.bucket, position, events);
  await withTransaction(options.pool, async (client) => {
    await options.hooks?.('began', key.bucket);
    if (!(await lockCheckpoint(client, key, position))) throw new BucketLost('The bucket is another worker’s');
    await options.hooks?.('locked', key.bucket);
    await options.apply(client, { bucket: key.bucket, epoch: key.epoch, events });
    await options.hooks?.('applied', key.bucket);
    await moveCheckpoint(client, key, last);
    await options.hooks?.('checkpointed', key.bucket);
  });
  await options.hooks?.('committed', key.bucket);
  return last;
}

/** Nothing may be applied past a missing event. Returns the position of the last one. */
function refuseHole(bucket: number, position: number, events: StoredEvent[]): number {
  let last = position;
  for (const event of events) {
    if (event.position !== last + 1) {
      throw new Rejection(
        'FEED_HAS_HOLE',
        `Bucket ${bucket} went on with position ${event.position} after ${last}: check the log with "funnelwatch verify".`,
        { details: { bucket, after: last, next: event.position } },
      );
    }
    last = event.position;
  }
  return last;
}
