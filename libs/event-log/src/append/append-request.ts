import { Rejection } from '@funnelwatch/kernel';
import { type EncodedEvent, encodeEvent } from '../envelope.js';
import type { AppendedEvent, AppendGroup, AppendOptions, ExpectedVersion, PortalAddress } from '../port.js';

/** One call of `append`, encoded. */
export interface AppendRequest {
  bucket: number;
  portalId: string;
  skip: boolean;
  groups: { streamId: string; expected: ExpectedVersion; events: EncodedEvent[] }[];
  eventCount: number;
  eventIds: Set<string>;
}

/** Checks and encodes what the caller gave. Throws EVENT_LOG_ID_REUSED when a command holds the same id twice. */
export function appendRequestOf(
  portal: PortalAddress,
  groups: readonly AppendGroup[],
  duplicates: AppendOptions['duplicates'] = 'reject',
): AppendRequest {
  const request: AppendRequest = {
    bucket: portal.bucket,
    portalId: portal.portalId.toLowerCase(),
    skip: duplicates === 'skip',
    groups: [],
    eventCount: 0,
    eventIds: new Set(),
  };
  for (const group of groups) {
    const events = group.events.map((event) => {
      if (event.streamId !== group.streamId) throw new TypeError('An event names another stream than its group');
      const encoded = encodeEvent(event);
      const eventId = encoded.eventId.toLowerCase();
      if (!request.skip && request.eventIds.has(eventId)) throw idReused(group.streamId);
      request.eventIds.add(eventId);
      return encoded;
    });
    request.eventCount += events.length;
    request.groups.push({ streamId: group.streamId, expected: group.expected, events });
  }
  return request;
}

/** How SQL is told: −1 any, −2 exists, otherwise the version, none being 0. */
export function expectedCode(expected: ExpectedVersion): number {
  if (expected === 'any') return -1;
  if (expected === 'exists') return -2;
  if (expected === 'none') return 0;
  if (!Number.isSafeInteger(expected) || expected < 0) throw new TypeError('An expected version is not below 0');
  return expected;
}

/** What became of one request: its events, or the reason why nothing was written. */
export type AppendOutcome = { events: AppendedEvent[]; head: number } | { rejection: Rejection };

export function versionConflict(streamId: string, expected: ExpectedVersion, actual: number): Rejection {
  return new Rejection(
    'EVENT_LOG_VERSION_CONFLICT',
    `The stream ${streamId} is at version ${actual}, and the change was made against ${expected}: read it again and retry.`,
    { details: { streamId, expected, actual } },
  );
}

export function partialReplay(streamId: string, actual: number): Rejection {
  return new Rejection(
    'EVENT_LOG_PARTIAL_REPLAY',
    `Some of these events are stored already and some are not; the stream ${streamId} is at version ${actual}. Decide again on its present state.`,
    { details: { streamId, actual } },
  );
}

export function idReused(streamId: string): Rejection {
  return new Rejection(
    'EVENT_LOG_ID_REUSED',
    `An event of the stream ${streamId} has the id of another event with other content: ids must name one fact only.`,
    { details: { streamId } },
  );
}
