import type { StoredEvent } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import { blockedStreams, setAside } from '../quarantine/quarantine-rows.js';
import { type Failure, type SetAsideEvent, sortEvents } from '../quarantine/sort-events.js';
import { at } from './await-points.js';
import { type CheckpointKey, lockCheckpoint, moveCheckpoint } from './checkpoint.js';
import { BucketLost, BucketStopped } from './failures.js';
import type { ProjectionOptions } from './projection-options.js';

export interface AppliedBatch {
  /** The new position of the checkpoint. */
  position: number;
  /** Events that were set aside instead of being applied. */
  setAside: SetAsideEvent[];
}

/**
 * One transaction: lock the checkpoint, apply, set aside what cannot be applied, move the checkpoint. With `failure`,
 * the only event is set aside because of it.
 */
export async function applyBatch(
  options: ProjectionOptions,
  key: CheckpointKey,
  position: number,
  events: StoredEvent[],
  failure?: Failure,
): Promise<AppliedBatch> {
  const { hooks, pool, catalogue } = options;
  const { bucket, epoch } = key;
  const last = refuseHole(bucket, position, events);
  return await at(hooks, 'batch transaction', bucket, () =>
    withTransaction(pool, async (client) => {
      const isMine = await at(hooks, 'lock checkpoint', bucket, () => lockCheckpoint(client, key, position));
      if (!isMine) throw new BucketLost();
      const blocked = await at(hooks, 'load blocked streams', bucket, () => blockedStreams(client, key));
      const sorted = sortEvents(events, { catalogue, blocked, failure });
      if (sorted.applicable.length > 0) {
        await at(hooks, 'apply events', bucket, () =>
          options.apply(client, { bucket, epoch, events: sorted.applicable }),
        );
      }
      if (sorted.setAside.length > 0) {
        await at(hooks, 'set events aside', bucket, () => setAside(client, key, sorted.setAside));
      }
      await at(hooks, 'move checkpoint', bucket, () => moveCheckpoint(client, key, last));
      return { position: last, setAside: sorted.setAside };
    }),
  );
}

/** Nothing may be applied past a missing event. Returns the position of the last one. */
function refuseHole(bucket: number, position: number, events: StoredEvent[]): number {
  let last = position;
  for (const event of events) {
    if (event.position !== last + 1) {
      throw new BucketStopped(
        'FEED_HAS_HOLE',
        `Bucket ${bucket} went on with position ${event.position} after ${last}: check the log with "funnelwatch verify".`,
        { details: { bucket, after: last, next: event.position } },
      );
    }
    last = event.position;
  }
  return last;
}
