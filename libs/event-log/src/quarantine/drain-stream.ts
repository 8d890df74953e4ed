import type { StoredEvent } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { at } from '../project/await-points.js';
import { type CheckpointKey, lockCheckpoint } from '../project/checkpoint.js';
import { errorFacts } from '../project/error-facts.js';
import { BucketLost, isAboutEvent } from '../project/failures.js';
import { historyOf, type ProjectionOptions } from '../project/projection-options.js';
import { askToGoOn, type BlockedStream, leaveQuarantine, noteFailure, queueOf } from './quarantine-rows.js';
import type { Failure } from './sort-events.js';

/** No more events of a stream are tried in one transaction, however large batches are: each is read by itself. */
const MOST_AT_ONCE = 100;

export interface Drained {
  applied: number;
  /** Position and reason of the event that failed again, null when none did. */
  failed: { position: number; failure: Failure } | null;
  /** Whether the stream holds more than was tried at once. */
  isMore: boolean;
}

/**
 * Tries the events that wait in a stream, in order, up to the first that fails again. Each is applied and leaves the
 * quarantine in one transaction, under the checkpoint of its bucket: no other worker can be at it.
 */
export async function drainStream(
  options: ProjectionOptions,
  key: CheckpointKey,
  checkpoint: number,
  stream: BlockedStream,
): Promise<Drained> {
  const { hooks, pool } = options;
  const atOnce = Math.min(options.batchSize ?? MOST_AT_ONCE, MOST_AT_ONCE);
  const queued = await at(hooks, 'read queue', key.bucket, () => queueOf(pool, key, stream, atOnce));
  const events: (StoredEvent | null)[] = [];
  // From the log, not the feed: a feed goes forward only.
  for (const { position } of queued) {
    const found = await at(hooks, 'read queued event', key.bucket, () =>
      historyOf(options).readBucket(key.bucket, position - 1, 1),
    );
    events.push(found[0]?.position === position ? found[0] : null);
  }
  return await at(hooks, 'drain transaction', key.bucket, () =>
    withTransaction(pool, async (client) => {
      const isMine = await at(hooks, 'lock checkpoint to drain', key.bucket, () =>
        lockCheckpoint(client, key, checkpoint),
      );
      if (!isMine) throw new BucketLost();
      for (const [index, { position }] of queued.entries()) {
        const event = events[index] ?? null;
        const failure = await at(hooks, 'try event', key.bucket, () => tryEvent(options, client, key, position, event));
        if (!failure) continue;
        await at(hooks, 'note failure', key.bucket, () => noteFailure(client, key, stream, position, failure));
        return { applied: index, failed: { position, failure }, isMore: false };
      }
      const isMore = queued.length === atOnce;
      if (isMore) {
        await at(hooks, 'ask to go on', key.bucket, () => askToGoOn(client, key, stream));
      }
      return { applied: queued.length, failed: null, isMore };
    }),
  );
}

/** Applies one event inside a savepoint. Returns why it could not be, null when it was. */
async function tryEvent(
  options: ProjectionOptions,
  client: PoolClient,
  key: CheckpointKey,
  position: number,
  event: StoredEvent | null,
): Promise<Failure | null> {
  const { hooks, catalogue } = options;
  const { bucket, epoch } = key;
  if (event === null) return { code: 'EVENT_NOT_IN_LOG', errorClass: null };
  const readable = catalogue?.read(event) ?? event;
  if (typeof readable === 'string') return { code: readable, errorClass: null };
  await at(hooks, 'savepoint', bucket, () => client.query('SAVEPOINT retried'));
  try {
    const isThere = await at(hooks, 'leave quarantine', bucket, () => leaveQuarantine(client, key, position));
    // Somebody took it out meanwhile: it must not be applied.
    if (!isThere) return null;
    await at(hooks, 'apply queued event', bucket, () => options.apply(client, { bucket, epoch, events: [readable] }));
    await at(hooks, 'release savepoint', bucket, () => client.query('RELEASE SAVEPOINT retried'));
    return null;
  } catch (error) {
    if (!isAboutEvent(error)) throw error;
    await at(hooks, 'roll back to savepoint', bucket, () => client.query('ROLLBACK TO SAVEPOINT retried'));
    return failureOf(error);
  }
}

/** What is kept of an error: its code and class, never its text. */
export function failureOf(error: unknown): Failure {
  const { code, error: errorClass } = errorFacts(error);
  return { code, errorClass };
}
