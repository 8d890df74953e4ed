import type { QuarantinedEvent } from '../api/schema.js';

/** One record's events that wait, as far as they were read: the first could not be applied, the others queue behind it. */
export type QuarantinedStream = {
  key: string;
  first: QuarantinedEvent;
  /** Events behind the first. */
  waiting: number;
  isAsked: boolean;
};

/** Draws events of a list together by read model, portal and record, in the order in which each first occurs. */
export function streamsOf(events: readonly QuarantinedEvent[]): QuarantinedStream[] {
  const streams = new Map<string, QuarantinedStream>();
  for (const event of events) {
    const key = [event.projection, event.portalId, event.streamId].join(' ');
    const known = streams.get(key);
    if (known === undefined) {
      streams.set(key, { key, first: event, waiting: 0, isAsked: event.retryRequestedAt !== null });
    } else {
      known.waiting += 1;
      known.isAsked ||= event.retryRequestedAt !== null;
    }
  }
  return [...streams.values()];
}
