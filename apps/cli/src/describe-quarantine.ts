import type { QuarantinedEvent } from '@funnelwatch/event-log';
import type { Texts } from './texts.js';

/** One line an event: what, where, why, for how long. */
export function describeQuarantine(events: readonly QuarantinedEvent[], texts: Texts): string {
  if (events.length === 0) return texts.quarantineEmpty;
  return events
    .map((event) => {
      const reason = event.status === 'queued' ? texts.waitsBehind : (event.reasonCode ?? '');
      const place = `${event.projection}  ${event.bucket}:${event.position}  ${event.streamId}`;
      const line = `${event.id}  ${place}  ${event.eventType} v${event.schemaVersion}  ${reason}`;
      return `${line}  ${texts.quarantinedFor(Math.round(event.ageSeconds), event.attempts)}`;
    })
    .join('\n');
}
