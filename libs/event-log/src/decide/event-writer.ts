import type { Actor, DomainEvent, EventDeclaration, JsonObject, NewEvent, SealedParts } from '@funnelwatch/kernel';
import { eventIdOf } from '../event-id.js';
import type { PortalAddress } from '../port.js';

export interface ToldEvent {
  streamId: string;
  /** ISO 8601; CRM time of what the CRM says, wall time of what people decide. */
  occurredAt: string;
  /** What makes it another event than others of the stream: told again with the same, it is the same event. */
  identity: string;
  actor: Actor;
  /** Stands in the data beside what the event says. */
  beside?: JsonObject;
  /** What people said in words of their own, under their keys. */
  sealed?: SealedParts;
}

/** Makes an event of a context as the log takes it. Throws on a type that the context did not declare. */
export type EventWriter = (portal: PortalAddress, told: ToldEvent, event: DomainEvent<string, object>) => NewEvent;

/** Writes the events of one context, each in the present version of its type. */
export function eventWriter(declarations: readonly EventDeclaration[]): EventWriter {
  const versions = new Map(declarations.map(({ type, schemaVersion }) => [type, schemaVersion]));
  return ({ portalId }, { streamId, occurredAt, identity, actor, beside, sealed }, event) => {
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
  };
}
