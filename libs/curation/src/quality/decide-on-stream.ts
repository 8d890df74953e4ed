import { eventIdOf, type EventLog, type PortalAddress } from '@funnelwatch/event-log';
import { type Actor, type Clock, type DomainEvent, type JsonObject, Rejection } from '@funnelwatch/kernel';

export interface QualityLog {
  log: EventLog;
  clock: Clock;
}

export interface Decided<State> {
  /** Position from which reads see it. */
  position: number;
  state: State;
  isChanged: boolean;
}

interface Decision<State, Event> {
  streamId: string;
  initial: State;
  evolve(state: State, event: Event): State;
  decide(state: State): Event[];
  actor: Actor;
}

const mostTries = 3;

/** Decides on what a stream tells and appends it; decided anew when somebody else was faster. Throws what `decide` throws. */
export async function decideOnStream<State, Event extends DomainEvent<string, object>>(
  { log, clock }: QualityLog,
  portal: PortalAddress,
  { streamId, initial, evolve, decide, actor }: Decision<State, Event>,
): Promise<Decided<State>> {
  for (let tries = 1; ; tries += 1) {
    const told = await log.readStream(portal, streamId);
    const version = told.at(-1)?.version ?? 0;
    const state = told.reduce((known, { type, data }) => evolve(known, { type, data } as unknown as Event), initial);
    const events = decide(state);
    if (events.length === 0) return { position: told.at(-1)?.position ?? 0, state, isChanged: false };
    const occurredAt = clock.now().toISOString();
    const appended = events.map((event, index) => ({
      eventId: eventIdOf(occurredAt, `${portal.portalId}|${streamId}|${version + index + 1}`),
      streamId,
      type: event.type,
      schemaVersion: 1,
      occurredAt,
      actor,
      provenance: 'observed' as const,
      data: event.data as JsonObject,
    }));
    try {
      const { position } = await log.append(portal, [{ streamId, expected: version, events: appended }]);
      return { position, state: events.reduce(evolve, state), isChanged: true };
    } catch (error) {
      const isConflict = error instanceof Rejection && error.code === 'EVENT_LOG_VERSION_CONFLICT';
      if (!isConflict || tries >= mostTries) throw error;
    }
  }
}
