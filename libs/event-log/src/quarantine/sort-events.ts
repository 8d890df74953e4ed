import type { StoredEvent } from '@funnelwatch/kernel';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import { BucketStopped } from '../project/failures.js';

/** Why an event could not be applied, without anything of its data. */
export interface Failure {
  code: string;
  errorClass: string | null;
}

export interface SetAsideEvent {
  event: StoredEvent;
  /** Null for an event that only waits behind an earlier one of its stream. */
  failure: Failure | null;
}

export interface SortedEvents {
  /** At the current version, in order. */
  applicable: StoredEvent[];
  setAside: SetAsideEvent[];
}

/** Key of a stream inside a bucket. */
export const streamKey = (portalId: string, streamId: string): string => `${portalId} ${streamId}`;

/**
 * What of a batch may be applied: what can be read and does not belong to a stream in quarantine. `blocked` holds the
 * keys of such streams. With `failure`, the first event is known to fail with it.
 */
export function sortEvents(
  events: readonly StoredEvent[],
  known: { catalogue?: EventCatalogue | undefined; blocked: ReadonlySet<string>; failure?: Failure | undefined },
): SortedEvents {
  const blocked = new Set(known.blocked);
  const sorted: SortedEvents = { applicable: [], setAside: [] };
  for (const [index, event] of events.entries()) {
    const readable = known.catalogue?.read(event) ?? event;
    const reason =
      index === 0 && known.failure
        ? known.failure
        : typeof readable === 'string'
          ? { code: readable, errorClass: null }
          : null;
    if (known.catalogue?.isNeverSetAside(event.type)) {
      if (typeof readable === 'string' || reason) throw cannotWait(event, reason?.code ?? '');
      sorted.applicable.push(readable);
      continue;
    }
    const stream = streamKey(event.portalId, event.streamId);
    if (blocked.has(stream)) sorted.setAside.push({ event, failure: null });
    else if (typeof readable === 'string' || reason) {
      sorted.setAside.push({ event, failure: reason });
      blocked.add(stream);
    } else sorted.applicable.push(readable);
  }
  return sorted;
}

function cannotWait({ bucket, position, type }: StoredEvent, code: string): BucketStopped {
  return new BucketStopped(
    code,
    `${type} at ${bucket}:${position} cannot be applied, and nothing may go past it: the bucket waits.`,
    { details: { bucket, position } },
  );
}
