import { eventIdOf, type PortalAddress } from '@funnelwatch/event-log';
import type { Actor, DomainEvent, JsonObject, NewEvent } from '@funnelwatch/kernel';

interface Told {
  streamId: string;
  /** ISO 8601; CRM time of what the engine says, wall time of what people decide. */
  occurredAt: string;
  /** What makes it another event than others of the stream: told again with the same, it is the same event. */
  identity: string;
  actor: Actor;
  /** Stands in the data beside what the event says. */
  beside?: JsonObject;
}

/** An event of curation as the log takes it. */
export function ownEvent(
  { portalId }: PortalAddress,
  { streamId, occurredAt, identity, actor, beside }: Told,
  event: DomainEvent<string, object>,
): NewEvent {
  return {
    eventId: eventIdOf(occurredAt, `${portalId}|${streamId}|${identity}`),
    streamId,
    type: event.type,
    schemaVersion: 1,
    occurredAt,
    actor,
    provenance: 'observed',
    data: { ...beside, ...event.data },
  };
}
