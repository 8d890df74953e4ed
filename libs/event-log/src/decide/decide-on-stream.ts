import {
  type Actor,
  type Clock,
  type DomainEvent,
  type JsonObject,
  Rejection,
  type SealedParts,
} from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import type { EventLog, PortalAddress } from '../port.js';
import type { EventWriter } from './event-writer.js';

export interface DecisionLog {
  log: EventLog;
  clock: Clock;
}

export interface Decided<State> {
  /** Position from which reads see it. */
  position: number;
  /** Version of the stream after it. */
  version: number;
  state: State;
  isChanged: boolean;
}

/** How a stream is told: its events in order, from a state before the first. */
export interface StreamFold<State, Event> {
  streamId: string;
  initial: State;
  evolve(state: State, event: Event): State;
}

export interface Decision<State, Event> extends StreamFold<State, Event> {
  decide(state: State): Event[];
  actor: Actor;
  /** Stands in the data of every event. */
  beside?: JsonObject;
  /** Stands in every event, under the keys of people. */
  sealed?: SealedParts | undefined;
  /** Appends within this transaction; then a conflict is thrown, as the transaction cannot begin again. */
  tx?: PoolClient | undefined;
}

const mostTries = 10;

/**
 * Whether somebody else was faster. Two who decide on the same version within a millisecond make events of one id: the second
 * is told that the id is another’s, not that the version is.
 */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof Rejection && (error.code === 'EVENT_LOG_VERSION_CONFLICT' || error.code === 'EVENT_LOG_ID_REUSED');

/** What a stream tells until now. */
export async function foldStream<State, Event extends DomainEvent<string, object>>(
  log: EventLog,
  portal: PortalAddress,
  { streamId, initial, evolve }: StreamFold<State, Event>,
): Promise<{ state: State; version: number; position: number }> {
  const told = await log.readStream(portal, streamId);
  const state = told.reduce((known, { type, data }) => evolve(known, { type, data } as unknown as Event), initial);
  const last = told.at(-1);
  return { state, version: last?.version ?? 0, position: last?.position ?? 0 };
}

/** Decides on what a stream tells and appends it; decided anew when somebody else was faster. Throws what `decide` throws. */
export type DecideOnStream = <State, Event extends DomainEvent<string, object>>(
  decisionLog: DecisionLog,
  portal: PortalAddress,
  decision: Decision<State, Event>,
) => Promise<Decided<State>>;

/** How a context decides on its own streams; its writer says in which version its events are written. */
export function decisionsOf(write: EventWriter): DecideOnStream {
  return async ({ log, clock }, portal, { decide, actor, beside, sealed, tx, ...fold }) => {
    const { streamId, evolve } = fold;
    for (let tries = 1; ; tries += 1) {
      const { state, version, position: told } = await foldStream(log, portal, fold);
      const events = decide(state);
      if (events.length === 0) return { position: told, version, state, isChanged: false };
      const occurredAt = clock.now().toISOString();
      const appended = events.map((event, index) => {
        const identity = String(version + index + 1);
        const parts = { ...(beside ? { beside } : {}), ...(sealed ? { sealed } : {}) };
        return write(portal, { streamId, occurredAt, identity, actor, ...parts }, event);
      });
      try {
        const { position } = await log.append(
          portal,
          [{ streamId, expected: version, events: appended }],
          tx ? { tx } : {},
        );
        const after = events.reduce((known, event) => evolve(known, event), state);
        return { position, version: version + events.length, state: after, isChanged: true };
      } catch (error) {
        if (!isOvertaken(error) || tries >= mostTries || tx) throw error;
      }
    }
  };
}
