import { setTimeout as delay } from 'node:timers/promises';
import { pollAnswers } from '../poll-answers/poll-answers.js';
import { portalsWithWork } from './claim-messages.js';
import { type OutboxDependencies, type OutboxOptions, type PortalToWrite, withDefaults } from './outbox-options.js';
import { visitPortal } from './visit-portal.js';

/** Portals that are written to at the same time. */
const PORTALS_AT_ONCE = 8;

/**
 * Sends what is due in the outboxes of all portals, and asks what has become of tasks, until the signal is aborted; requests
 * that are on their way then are waited for. Any number of workers may run: a message is sent by one of them, once. Whatever
 * goes wrong is a state of its message, or is logged and tried again; texts are never logged.
 */
export async function runOutbox(options: OutboxOptions & { signal: AbortSignal }): Promise<void> {
  const { signal } = options;
  const outbox = withDefaults(options);
  const running = new Map<string, Promise<void>>();
  while (!signal.aborted) {
    await startVisits(outbox, running, signal).catch((error: unknown) =>
      outbox.logger.error({ err: error }, 'The outbox cannot be read'),
    );
    await delay(outbox.pollMs, undefined, { signal }).catch(() => undefined);
  }
  await Promise.all(running.values());
}

/** Starts on portals that have work and that nobody here works on: one that makes us wait keeps no other waiting. */
async function startVisits(
  outbox: OutboxDependencies,
  running: Map<string, Promise<void>>,
  signal: AbortSignal,
): Promise<void> {
  const { toSend, toAsk } = await portalsWithWork(outbox.pool, outbox.clock.now());
  if (toSend.size + toAsk.size === 0) return;
  for (const portal of await outbox.portals()) {
    const { portalId } = portal;
    const hasWork = toSend.has(portalId) || toAsk.has(portalId);
    if (!hasWork || running.has(portalId) || running.size >= PORTALS_AT_ONCE) continue;
    const visit = serve(outbox, portal, toAsk.has(portalId), signal).finally(() => running.delete(portalId));
    running.set(portalId, visit);
  }
}

async function serve(
  outbox: OutboxDependencies,
  portal: PortalToWrite,
  hasQuestions: boolean,
  signal: AbortSignal,
): Promise<void> {
  try {
    await visitPortal(outbox, portal, signal);
    if (hasQuestions) await pollAnswers(outbox, portal, signal);
  } catch (error) {
    if (signal.aborted) return;
    outbox.logger.error({ portalId: portal.portalId, err: error }, 'The outbox of a portal cannot be worked on');
  }
}
