import { withTransaction } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { type AfterFailure, canBeFound } from '../domain/message-life.js';
import { MESSAGE_COLUMNS, messageOf, type MessageRow } from '../stored-message/stored-message.js';
import type { ClaimedMessage } from './claim-messages.js';
import type { Outcome, OutboxDependencies } from './outbox-options.js';

/** First question about a task. */
const FIRST_POLL_MS = 10 * 60_000;

/**
 * Notes that the message stands in the portal, with what stands there. Nothing is noted when the lease went to another
 * worker, who looks for the marker and finds it.
 */
export async function recordSent(
  outbox: OutboxDependencies,
  message: ClaimedMessage,
  sent: { portalObjectId: string; isAdopted: boolean },
): Promise<void> {
  const now = outbox.clock.now();
  const pollAt = message.channel === 'task' ? new Date(now.getTime() + FIRST_POLL_MS) : null;
  await change(outbox, message, { outcome: 'sent', ...sent }, (client) =>
    client.query<MessageRow>(
      `WITH own AS (
         INSERT INTO writeback.own_object (bucket, portal_id, kind, portal_object_id, message_id, written_at)
         SELECT bucket, portal_id, channel, $5, message_id, $6 FROM writeback.message WHERE ${MINE}
         ON CONFLICT DO NOTHING)
       UPDATE writeback.message
          SET state = 'sent', reason = NULL, is_outcome_unknown = false, portal_object_id = $5, sent_at = $6, poll_at = $7,
              next_attempt_at = NULL, lease_token = NULL, lease_expires_at = NULL
        WHERE ${MINE} RETURNING ${MESSAGE_COLUMNS}`,
      [...mine(message), sent.portalObjectId, now, pollAt],
    ),
  );
}

/** Notes what an attempt that failed leads to. A message that may be in the portal goes on counting towards the cap. */
export async function recordFailure(
  outbox: OutboxDependencies,
  message: ClaimedMessage,
  failure: { code: string; attempts: number },
  next: AfterFailure,
): Promise<void> {
  const outcome: Outcome | null = next.state === 'waiting' ? null : { outcome: next.state, reason: failure.code };
  await change(outbox, message, outcome, (client) =>
    client.query<MessageRow>(
      `UPDATE writeback.message
          SET state = $5, reason = $6, attempts = $7, is_outcome_unknown = $8, next_attempt_at = $9,
              sent_day = CASE WHEN $8 THEN sent_day END, lease_token = NULL, lease_expires_at = NULL
        WHERE ${MINE} RETURNING ${MESSAGE_COLUMNS}`,
      [
        ...[...mine(message), next.state, failure.code, failure.attempts, next.isOutcomeUnknown],
        next.state === 'waiting' ? next.nextAttemptAt : null,
      ],
    ),
  );
}

/** Notes that a message is not sent, for a reason of its own. */
export async function recordEnd(
  outbox: OutboxDependencies,
  message: ClaimedMessage,
  end: { state: 'refused' | 'failed' | 'cancelled'; reason: string; isOutcomeUnknown: boolean },
): Promise<void> {
  const { state, reason, isOutcomeUnknown } = end;
  await change(outbox, message, { outcome: state, reason }, (client) =>
    client.query<MessageRow>(
      `UPDATE writeback.message
          SET state = $5, reason = $6, is_outcome_unknown = $7, next_attempt_at = NULL,
              sent_day = CASE WHEN $7 THEN sent_day END, lease_token = NULL, lease_expires_at = NULL
        WHERE ${MINE} RETURNING ${MESSAGE_COLUMNS}`,
      [...mine(message), state, reason, isOutcomeUnknown],
    ),
  );
}

/** Notes that a message is held, within the transaction that found out why. */
export async function recordHeld(
  outbox: OutboxDependencies,
  client: PoolClient,
  message: ClaimedMessage,
  { reason, until }: { reason: string; until: Date | null },
): Promise<void> {
  const { rows } = await client.query<MessageRow>(
    `UPDATE writeback.message
        SET state = 'held', reason = $5, is_outcome_unknown = $7, next_attempt_at = $6,
            sent_day = CASE WHEN $7 THEN sent_day END, lease_token = NULL, lease_expires_at = NULL
      WHERE ${MINE} RETURNING ${MESSAGE_COLUMNS}`,
    // What can be found was looked for in vain before anybody asked whether it may go.
    [...mine(message), reason, until, message.isOutcomeUnknown && !canBeFound(message.channel)],
  );
  // Held for the same reason on another day is no news.
  const isNews = message.state !== 'held' || message.reason !== reason;
  if (rows[0] && isNews) await outbox.onOutcome(client, messageOf(rows[0]), { outcome: 'held', reason, until });
}

export const MINE = 'bucket = $1 AND portal_id = $2 AND message_id = $3 AND lease_token = $4';

export const mine = ({ portal, messageId, leaseToken }: ClaimedMessage): (string | number)[] => [
  portal.bucket,
  portal.portalId,
  messageId,
  leaseToken,
];

async function change(
  outbox: OutboxDependencies,
  message: ClaimedMessage,
  outcome: Outcome | null,
  statement: (client: PoolClient) => Promise<{ rows: MessageRow[] }>,
): Promise<void> {
  const isRecorded = await withTransaction(outbox.pool, async (client) => {
    const { rows } = await statement(client);
    if (!rows[0]) return false;
    if (outcome) await outbox.onOutcome(client, messageOf(rows[0]), outcome);
    return true;
  });
  const { portal, messageId, channel } = message;
  const details = { portalId: portal.portalId, messageId, channel, ...outcome };
  if (!isRecorded) outbox.logger.warn(details, 'A message went to another worker before its outcome was recorded');
  else if (outcome) outbox.logger.info(details, 'A message of the outbox has an outcome');
}
