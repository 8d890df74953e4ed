import { type BitrixClient, BitrixFailure, readUserStates } from '@funnelwatch/bitrix24';
import { Rejection } from '@funnelwatch/kernel';
import { compose } from '../domain/compose.js';
import { canBeFound, concernsWholePortal, decideAfterFailure, mayWriteAgain } from '../domain/message-life.js';
import type { RecipientState } from '../domain/message.js';
import { openTexts } from '../stored-message/sealed-text.js';
import { type ClaimedMessage, claimMessages, giveBack } from './claim-messages.js';
import { lookForMarker } from './look-for-marker.js';
import type { OutboxDependencies, PortalToWrite } from './outbox-options.js';
import { NotToBeSent, passGate } from './pass-gate.js';
import { recordEnd, recordFailure, recordSent } from './record-outcome.js';
import { writeMessage } from './write-message.js';

interface Failure {
  error: Pick<BitrixFailure, 'code' | 'retry'> | { code: string; retry: 'later' };
  during: 'search' | 'write';
  isOutcomeUnknown: boolean;
}

/** What is known about the portal for one visit. */
interface Visit {
  outbox: OutboxDependencies;
  portal: PortalToWrite;
  signal: AbortSignal;
  messages: readonly ClaimedMessage[];
  client(): Promise<BitrixClient>;
  people(): Promise<{ stateOf(userId: string): RecipientState | null; portalNow: Date }>;
}

/**
 * Takes the messages of a portal that are due and brings each as far as it gets: sent, held, refused, or to be tried
 * again. One at a time, so that a portal in trouble is left alone after the first. Returns how many were taken.
 */
export async function visitPortal(
  outbox: OutboxDependencies,
  portal: PortalToWrite,
  signal: AbortSignal,
): Promise<number> {
  const { pool, clock, leaseMs, batchSize } = outbox;
  const messages = await claimMessages(pool, portal, { now: clock.now(), leaseMs, limit: batchSize });
  if (messages.length === 0) return 0;
  const opened: { client: Promise<BitrixClient> | null } = { client: null };
  const client = () => (opened.client ??= outbox.openClient(portal));
  let people: ReturnType<Visit['people']> | null = null;
  const visit: Visit = {
    ...{ outbox, portal, signal, messages, client },
    people: () => (people ??= readPeople(visit)),
  };
  const left = [...messages];
  try {
    for (let message = left.shift(); message; message = left.shift()) {
      const trouble = signal.aborted ? null : await handle(visit, message);
      if (signal.aborted) left.unshift(message);
      if (signal.aborted || trouble) {
        await giveBack(pool, left.splice(0), trouble);
        break;
      }
    }
  } finally {
    await giveBack(pool, left).catch(() => undefined);
    await (await opened.client?.catch(() => null))?.close();
  }
  return messages.length;
}

/** Brings one message forward. Returns until when the others of the portal had better wait, null when they need not. */
async function handle(visit: Visit, message: ClaimedMessage): Promise<{ until: Date; reason: string } | null> {
  const { outbox, signal } = visit;
  let during: 'search' | 'write' = 'search';
  let { isOutcomeUnknown } = message;
  try {
    if (isOutcomeUnknown && canBeFound(message.channel)) {
      const found = await lookForMarker(await visit.client(), message, signal);
      if (found !== null) {
        await recordSent(outbox, message, { portalObjectId: found, isAdopted: true });
        return null;
      }
      isOutcomeUnknown = false;
    }
    if (message.isOutcomeUnknown && !mayWriteAgain(message.attempts, outbox)) {
      await recordEnd(outbox, message, { state: 'failed', reason: message.reason ?? 'TIMED_OUT', isOutcomeUnknown });
      return null;
    }
    await passGate(outbox, visit.portal, message, { recipient: null, leaving: null });
    const composed = await composeMessage(visit, message);
    if (!composed) {
      await recordEnd(outbox, message, { state: 'cancelled', reason: 'SUBJECT_ERASED', isOutcomeUnknown });
      return null;
    }
    const { stateOf, portalNow } = await visit.people();
    const recipient = stateOf(message.recipientId);
    const gate = await passGate(outbox, visit.portal, message, { recipient, leaving: null });
    if (gate.verdict === 'refuse') {
      await recordEnd(outbox, message, { state: 'refused', reason: gate.reason, isOutcomeUnknown });
      return null;
    }
    const client = await visit.client();
    during = 'write';
    const beforeSend = () => leave(visit, message, portalNow);
    const portalObjectId = await writeMessage(client, composed, { signal, beforeSend });
    await recordSent(outbox, message, { portalObjectId, isAdopted: false });
    return null;
  } catch (error) {
    if (error instanceof BitrixFailure) return afterFailure(visit, message, { error, during, isOutcomeUnknown });
    if (error instanceof NotToBeSent || signal.aborted) {
      await giveBack(outbox.pool, [message]);
      return null;
    }
    if (error instanceof Rejection && during === 'search') {
      const failure = { code: error.code, retry: 'later' } as const;
      return afterFailure(visit, message, { error: failure, during, isOutcomeUnknown });
    }
    throw error;
  }
}

async function composeMessage({ outbox, portal }: Visit, message: ClaimedMessage) {
  const [text] = await openTexts(outbox.keyRing, portal, [{ ...message, text: message.sealedText }]);
  return text ? compose({ ...message, text }) : null;
}

/** The last word before a request goes. Slow words are none: another worker may have taken over meanwhile. */
async function leave({ outbox, portal }: Visit, message: ClaimedMessage, portalNow: Date): Promise<void> {
  const startedAtMs = performance.now();
  await passGate(outbox, portal, message, { recipient: null, leaving: { portalNow } });
  if (performance.now() - startedAtMs > outbox.leaseMs / 4) throw new NotToBeSent();
}

async function afterFailure(
  { outbox }: Visit,
  message: ClaimedMessage,
  { error, during, isOutcomeUnknown }: Failure,
): Promise<{ until: Date; reason: string } | null> {
  const { code, retry } = error;
  const now = outbox.clock.now();
  const attempts = message.attempts + 1;
  const random = outbox.random();
  const next = decideAfterFailure({ code, retry, during, attempts, isOutcomeUnknown, now, random }, outbox);
  await recordFailure(outbox, message, { code, attempts }, next);
  const { portal, messageId, channel } = message;
  outbox.logger.warn(
    { portalId: portal.portalId, messageId, channel, code, attempts, state: next.state },
    'Not written',
  );
  if (!concernsWholePortal(code)) return null;
  const until = next.state === 'waiting' ? next.nextAttemptAt : new Date(now.getTime() + outbox.firstPauseMs);
  return { until, reason: code };
}

/** Asks once a visit who works in the portal, and what time it is there. */
async function readPeople(visit: Visit): Promise<{ stateOf(userId: string): RecipientState | null; portalNow: Date }> {
  const { outbox, messages, signal } = visit;
  const ids = [...new Set(messages.map(({ recipientId }) => recipientId))];
  const options = { priority: 'write-back', signal } as const;
  const { isActiveById, time } = await readUserStates(await visit.client(), ids, options);
  return {
    portalNow: time ? new Date(time.startedAt) : outbox.clock.now(),
    stateOf(userId) {
      if (!isActiveById) return null;
      const isActive = isActiveById.get(userId);
      return isActive === undefined ? 'unknown' : isActive ? 'active' : 'dismissed';
    },
  };
}
