import { eventIdOf, type PortalAddress } from '@funnelwatch/event-log';
import type { Actor, DomainEvent, JsonObject, NewEvent, SealedParts } from '@funnelwatch/kernel';
import { curationEvents } from '../curation-events.js';

const versions = new Map(curationEvents.map(({ type, schemaVersion }) => [type, schemaVersion]));

interface Told {
  streamId: string;
  /** ISO 8601; CRM time of what the engine says, wall time of what people decide. */
  occurredAt: string;
  /** What makes it another event than others of the stream: told again with the same, it is the same event. */
  identity: string;
  actor: Actor;
  /** Stands in the data beside what the event says. */
  beside?: JsonObject;
  /** What people said in words of their own, under their keys. */
  sealed?: SealedParts;
}

/** An event of curation as the log takes it, in the present version of its type. Throws on a type that nobody declared. */
export function ownEvent(
  { portalId }: PortalAddress,
  { streamId, occurredAt, identity, actor, beside, sealed }: Told,
  event: DomainEvent<string, object>,
): NewEvent {
  const schemaVersion = versions.get(event.type);
  if (schemaVersion === undefined) throw new Error(`${event.type} is not declared`);
  return {
    eventId: eventIdOf(occurredAt, `${portalId}|${streamId}|${identity}`),
    streamId,
    type: event.type,
    schemaVersion,
    occurredAt,
    actor,
    provenance: 'observed',
    data: { ...beside, ...event.data },
    ...(sealed ? { sealed } : {}),
  };
}
