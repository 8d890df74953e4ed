import { eventIdOf, type EventLog, type PortalAddress } from '@funnelwatch/event-log';
import type { Actor, Clock, JsonObject } from '@funnelwatch/kernel';
import { Rejection } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { type CaseEvent, caseStream } from './case-events.js';
import { type CaseState, evolveCase } from './case-state.js';
import { type CaseCommand, decideAnswer, decideCase } from './decide-case.js';
import type { ReviewControl, Reviewer } from './reviewer.js';

export interface HandledCase {
  /** Position from which reads see it. */
  position: number;
  /** Version of the case's stream after it. */
  version: number;
  isChanged: boolean;
  state: CaseState | null;
}

export interface CaseLog {
  log: EventLog;
  clock: Clock;
}

/** What a portal draws for a second review; nothing where nobody told. */
export type Draw = Pick<ReviewControl, 'lot' | 'share'>;

const noDraw: Draw = { lot: 1, share: 0 };

/** A case as its events tell, with the version they end at. */
export async function loadCase(
  log: EventLog,
  portal: PortalAddress,
  caseId: string,
): Promise<{ state: CaseState | null; version: number; position: number }> {
  const events = await log.readStream(portal, caseStream(caseId));
  const state = events.reduce<CaseState | null>(
    (known, { type, data }) => evolveCase(known, { type, data } as unknown as CaseEvent),
    null,
  );
  const last = events.at(-1);
  return { state, version: last?.version ?? 0, position: last?.position ?? 0 };
}

const mostTries = 3;

/**
 * Carries out what a person wants done with a case. The engine may say something about the case at the same time: then it
 * is decided again on what is known by then. Throws what `decideCase` throws.
 */
export async function handleCase(
  { log, clock }: CaseLog,
  portal: PortalAddress,
  caseId: string,
  command: CaseCommand,
  who: Reviewer,
  draw: Draw = noDraw,
  tx?: PoolClient,
): Promise<HandledCase> {
  const control = { ...draw, nowMs: clock.now().getTime() };
  const decide = (state: CaseState | null) => decideCase(command, state, who, control);
  return decideAndAppend({ log, clock }, portal, caseId, decide, actorOf(who), tx);
}

/** Takes the answer of the employee whom a case concerns. Throws what `decideAnswer` throws. */
export async function answerCase(
  { log, clock }: CaseLog,
  portal: PortalAddress,
  caseId: string,
  answer: 'fixed' | 'disagree' | 'not-mine',
  userId: string,
): Promise<HandledCase> {
  const decide = (state: CaseState | null) => decideAnswer(answer, state, userId);
  return decideAndAppend({ log, clock }, portal, caseId, decide, `user:${userId}`);
}

/**
 * Notes on a case what became of a message about it. What people do with the case at the same time matters nothing, and the
 * same outcome again is passed over.
 */
export async function noteOnCase(
  { log, clock }: CaseLog,
  portal: PortalAddress,
  caseId: string,
  messageId: string,
  event: CaseEvent,
  tx?: PoolClient,
): Promise<void> {
  const streamId = caseStream(caseId);
  const { state } = await loadCase(log, portal, caseId);
  const known = state?.feedback.find((sent) => sent.messageId === messageId);
  const became = ({ FeedbackSent: 'sent', FeedbackFailed: 'failed', FeedbackSeen: 'seen' } as Record<string, string>)[
    event.type
  ];
  if (!known || known.state === became) return;
  const occurredAt = clock.now().toISOString();
  const noted = {
    eventId: eventIdOf(occurredAt, `${portal.portalId}|${streamId}|${event.type}|${messageId}`),
    streamId,
    type: event.type,
    schemaVersion: 1,
    occurredAt,
    actor: 'system' as const,
    provenance: 'observed' as const,
    data: { caseId, ...event.data } as unknown as JsonObject,
  };
  await log.append(portal, [{ streamId, expected: 'any', events: [noted] }], tx ? { tx } : {});
}

const actorOf = ({ userId }: Reviewer): Actor => (userId === null ? 'system' : `user:${userId}`);

async function decideAndAppend(
  { log, clock }: CaseLog,
  portal: PortalAddress,
  caseId: string,
  decide: (state: CaseState | null) => CaseEvent[],
  actor: Actor,
  tx?: PoolClient,
): Promise<HandledCase> {
  const streamId = caseStream(caseId);
  for (let tries = 1; ; tries += 1) {
    const { state, version, position } = await loadCase(log, portal, caseId);
    const events = decide(state);
    if (events.length === 0) return { position, version, isChanged: false, state };
    const occurredAt = clock.now().toISOString();
    const appended = events.map((event, index) => ({
      eventId: eventIdOf(occurredAt, `${portal.portalId}|${streamId}|${version + index + 1}`),
      streamId,
      type: event.type,
      schemaVersion: 1,
      occurredAt,
      actor,
      provenance: 'observed' as const,
      data: { caseId, ...event.data } as unknown as JsonObject,
    }));
    try {
      const result = await log.append(portal, [{ streamId, expected: version, events: appended }], tx ? { tx } : {});
      const after = events.reduce(evolveCase, state);
      return { position: result.position, version: version + events.length, isChanged: true, state: after };
    } catch (error) {
      const isConflict = error instanceof Rejection && error.code === 'EVENT_LOG_VERSION_CONFLICT';
      if (!isConflict || tries >= mostTries || tx) throw error;
    }
  }
}
