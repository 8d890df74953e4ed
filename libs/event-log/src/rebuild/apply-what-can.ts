import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import { isAboutEvent } from '../project/failures.js';
import { failureOf } from '../quarantine/drain-stream.js';
import { type Failure, type SetAsideEvent, sortEvents, streamKey } from '../quarantine/sort-events.js';
import type { ReadModel } from './read-model.js';

export interface ApplyTarget {
  model: ReadModel;
  /** What the program can read; without one, events are applied as they are stored. */
  catalogue?: EventCatalogue | undefined;
  schema: string;
  bucket: number;
}

/**
 * Applies events in the caller's transaction as a projection would: at once, and when that fails one by one. Returns
 * those that cannot be applied and those that wait behind them, in order; `blocked` holds the keys of their streams and
 * is added to. What fails for another reason than an event is thrown.
 */
export async function applyWhatCan(
  client: PoolClient,
  target: ApplyTarget,
  events: readonly StoredEvent[],
  blocked: Set<string>,
): Promise<SetAsideEvent[]> {
  const { catalogue } = target;
  const sorted = sortEvents(events, { catalogue, blocked });
  const left = sorted.setAside;
  if (sorted.applicable.length > 0 && (await attempt(client, target, sorted.applicable)) !== null) {
    const failed = new Set<string>();
    for (const event of sorted.applicable) {
      const stream = streamKey(event.portalId, event.streamId);
      const failure = failed.has(stream) ? null : await attempt(client, target, [event]);
      if (failure === null && !failed.has(stream)) continue;
      if (catalogue?.isNeverSetAside(event.type)) await apply(client, target, [event]);
      failed.add(stream);
      left.push({ event, failure });
    }
  }
  for (const { event } of left) blocked.add(streamKey(event.portalId, event.streamId));
  return left.sort((a, b) => a.event.position - b.event.position);
}

const apply = (client: PoolClient, { model, schema, bucket }: ApplyTarget, events: StoredEvent[]): Promise<void> =>
  model.apply(client, { schema, bucket, events });

/** Why the events could not be applied, with nothing of them left; null when they were. */
async function attempt(client: PoolClient, target: ApplyTarget, events: StoredEvent[]): Promise<Failure | null> {
  await client.query('SAVEPOINT attempt');
  try {
    await apply(client, target, events);
  } catch (error) {
    if (!isAboutEvent(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT attempt');
    return failureOf(error);
  }
  await client.query('RELEASE SAVEPOINT attempt');
  return null;
}
