import {
  type EventLog,
  type PortalAddress,
  type Decided,
  type DecisionLog,
  foldStream,
  type StreamFold,
} from '@funnelwatch/event-log';
import type { Actor, SealedParts } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { decideOnStream, ownEvent } from '../own-events/own-event.js';
import { type CaseAnswer, type CaseEvent, caseStream } from './case-events.js';
import { type CaseState, evolveCase } from './case-state.js';
import { type CaseCommand, decideAnswer, decideCase } from './decide-case.js';
import type { ReviewControl, Reviewer } from './reviewer.js';

export type HandledCase = Decided<CaseState | null>;

type CaseLog = DecisionLog;

/** What a portal draws for a second review; nothing where nobody told. */
export type Draw = Pick<ReviewControl, 'lot' | 'share'>;

const noDraw: Draw = { lot: 1, share: 0 };

const foldOf = (caseId: string): StreamFold<CaseState | null, CaseEvent> => ({
  streamId: caseStream(caseId),
  initial: null,
  evolve: evolveCase,
});

/** A case as its events tell, with the version they end at. */
export const loadCase = (
  log: EventLog,
  portal: PortalAddress,
  caseId: string,
): Promise<{ state: CaseState | null; version: number; position: number }> => foldStream(log, portal, foldOf(caseId));

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

/**
 * Takes the answer of the employee whom a case concerns, with what they said beside it sealed under their key. Throws what
 * `decideAnswer` throws.
 */
export async function answerCase(
  { log, clock }: CaseLog,
  portal: PortalAddress,
  caseId: string,
  answer: CaseAnswer,
  userId: string,
  sealed?: SealedParts,
): Promise<HandledCase> {
  const said = { answer, hasComment: sealed !== undefined };
  const decide = (state: CaseState | null) => decideAnswer(said, state, userId);
  const actor: Actor = `user:${userId}`;
  return decideOnStream({ log, clock }, portal, { ...foldOf(caseId), decide, actor, beside: { caseId }, sealed });
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
  const identity = `${event.type}|${messageId}`;
  const told = {
    streamId,
    occurredAt: clock.now().toISOString(),
    identity,
    actor: 'system',
    beside: { caseId },
  } as const;
  const noted = ownEvent(portal, told, event);
  await log.append(portal, [{ streamId, expected: 'any', events: [noted] }], tx ? { tx } : {});
}

const actorOf = ({ userId }: Reviewer): Actor => (userId === null ? 'system' : `user:${userId}`);

/** As on any stream; every event of a case names it. */
const decideAndAppend = (
  caseLog: CaseLog,
  portal: PortalAddress,
  caseId: string,
  decide: (state: CaseState | null) => CaseEvent[],
  actor: Actor,
  tx?: PoolClient,
): Promise<HandledCase> =>
  decideOnStream(caseLog, portal, { ...foldOf(caseId), decide, actor, beside: { caseId }, tx });
