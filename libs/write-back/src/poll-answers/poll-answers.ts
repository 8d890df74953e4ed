import { BitrixFailure, readTaskStates, type TaskState } from '@funnelwatch/bitrix24';
import { withTransaction } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { nextPollInMs, readAnswer } from '../domain/task-answer.js';
import type { Outcome, OutboxDependencies, PortalToWrite } from '../run-outbox/outbox-options.js';
import { MESSAGE_COLUMNS, messageOf, type MessageRow, type StoredMessage } from '../stored-message/stored-message.js';

/** One page of the portal's list. */
const TASKS_AT_ONCE = 50;
/** Whoever took questions and fell silent is not waited for longer. */
const TAKEN_FOR_MS = 10 * 60_000;

/**
 * Asks the portal what has become of up to 50 sent tasks, in one request, and records who has seen or completed them. Young
 * tasks are asked about often, old ones rarely, and not at all once they are done or gone. Returns how many were asked about.
 */
export async function pollAnswers(
  outbox: OutboxDependencies,
  portal: PortalToWrite,
  signal: AbortSignal,
): Promise<number> {
  const messages = await takeQuestions(outbox, portal);
  if (messages.length === 0) return 0;
  const client = await outbox.openClient(portal);
  try {
    const ids = messages.map(({ portalObjectId }) => portalObjectId ?? '');
    const states = await readTaskStates(client, ids, { priority: 'write-back', signal });
    const known = new Map(states.map((state) => [state.id, state]));
    // A webhook that lost its rights sees nothing; that all are gone at once is less likely.
    if (known.size === 0 && messages.length > 1) return messages.length;
    for (const message of messages) {
      await record(outbox, message, known.get(message.portalObjectId ?? '') ?? null, client.userId);
    }
  } catch (error) {
    if (signal.aborted) return 0;
    if (!(error instanceof BitrixFailure)) throw error;
    outbox.logger.warn({ portalId: portal.portalId, code: error.code }, 'Tasks could not be asked about');
  } finally {
    await client.close();
  }
  return messages.length;
}

async function takeQuestions(
  { pool, clock }: OutboxDependencies,
  { bucket, portalId }: PortalToWrite,
): Promise<StoredMessage[]> {
  const now = clock.now();
  const { rows } = await pool.query<MessageRow>(
    `WITH asked AS (
       SELECT message_id FROM writeback.message
        WHERE bucket = $1 AND portal_id = $2 AND poll_at <= $3 AND state = 'sent'
        ORDER BY poll_at LIMIT $4 FOR UPDATE SKIP LOCKED)
     UPDATE writeback.message AS message SET poll_at = $5 FROM asked
      WHERE message.bucket = $1 AND message.portal_id = $2 AND message.message_id = asked.message_id
  RETURNING ${MESSAGE_COLUMNS.replace('message_id', 'message.message_id')}`,
    [bucket, portalId, now, TASKS_AT_ONCE, new Date(now.getTime() + TAKEN_FOR_MS)],
  );
  return rows.map(messageOf);
}

async function record(
  outbox: OutboxDependencies,
  message: StoredMessage,
  task: TaskState | null,
  askingUserId: string,
): Promise<void> {
  const now = outbox.clock.now();
  const answer = task ? readAnswer(task, message.recipientId, askingUserId) : { seenAt: null, doneAt: null };
  const seenAt = message.seenAt ?? answer.seenAt;
  const doneAt = message.doneAt ?? answer.doneAt;
  const goneAt = task ? null : now;
  const pause = doneAt || goneAt ? null : nextPollInMs(now.getTime() - (message.sentAt ?? now).getTime());
  const news: Outcome[] = [];
  if (seenAt && !message.seenAt) news.push({ outcome: 'seen', at: seenAt });
  if (doneAt && !message.doneAt) news.push({ outcome: 'done', at: doneAt });
  if (goneAt) news.push({ outcome: 'gone', at: goneAt });
  await withTransaction(outbox.pool, async (client) => {
    const changed = await save(client, message, {
      ...{ seenAt, doneAt, goneAt },
      pollAt: pause === null ? null : new Date(now.getTime() + pause),
    });
    if (changed) for (const outcome of news) await outbox.onOutcome(client, changed, outcome);
  });
}

/** Null when another worker was faster. */
async function save(
  client: PoolClient,
  { portal, messageId, seenAt, doneAt }: StoredMessage,
  next: { seenAt: Date | null; doneAt: Date | null; goneAt: Date | null; pollAt: Date | null },
): Promise<StoredMessage | null> {
  const { rows } = await client.query<MessageRow>(
    `UPDATE writeback.message SET seen_at = $4, done_at = $5, gone_at = $6, poll_at = $7
      WHERE bucket = $1 AND portal_id = $2 AND message_id = $3
        AND (seen_at, done_at) IS NOT DISTINCT FROM ($8::timestamptz, $9::timestamptz) AND gone_at IS NULL
  RETURNING ${MESSAGE_COLUMNS}`,
    [
      ...[portal.bucket, portal.portalId, messageId],
      ...[next.seenAt, next.doneAt, next.goneAt, next.pollAt, seenAt, doneAt],
    ],
  );
  return rows[0] ? messageOf(rows[0]) : null;
}
