import { withTransaction } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { decideGate, type Gate } from '../domain/message-life.js';
import type { RecipientState } from '../domain/message.js';
import { dayOf } from '../domain/portal-day.js';
import { readChannel } from '../set-channel/channel-settings.js';
import { lockChannel, lockRecipient } from '../set-channel/lock-channel.js';
import type { ClaimedMessage } from './claim-messages.js';
import type { OutboxDependencies, PortalToWrite } from './outbox-options.js';
import { MINE, mine, recordHeld } from './record-outcome.js';

/** Thrown where a message may not be sent (any more): held by now, taken back, or another worker's. */
export class NotToBeSent extends Error {
  constructor() {
    super('The message is not to be sent');
  }
}

export interface GateRequest {
  recipient: RecipientState | null;
  /** When given, a message that passes is marked as on its way: from here on it may be in the portal. */
  leaving: { portalNow: Date } | null;
}

/**
 * Asks in one transaction whether a message is still this worker's and may go out, and notes when it is held. The setting
 * of the channel cannot change meanwhile, and no other message to the person can take the last place of the day.
 * Answers `refuse` without noting it. Throws `NotToBeSent`.
 */
export async function passGate(
  outbox: OutboxDependencies,
  portal: PortalToWrite,
  message: ClaimedMessage,
  { recipient, leaving }: GateRequest,
): Promise<Extract<Gate, { verdict: 'send' | 'refuse' }>> {
  const gate = await withTransaction(outbox.pool, async (client) => {
    await lockChannel(client, portal, message.channel, 'shared');
    await lockRecipient(client, portal, message.channel, message.recipientId);
    if (!(await isStillMine(client, message))) throw new NotToBeSent();
    const now = outbox.clock.now();
    const today = dayOf(now, portal.zone);
    const decided = decideGate({
      setting: await readChannel(client, portal, message.channel),
      sentToday: await countToday(client, message, today),
      recipient,
      now,
      zone: portal.zone,
    });
    if (decided.verdict === 'hold') await recordHeld(outbox, client, message, decided);
    if (decided.verdict === 'send' && leaving) await markLeaving(outbox, client, message, today, leaving.portalNow);
    return decided;
  });
  if (gate.verdict === 'hold') throw new NotToBeSent();
  return gate;
}

async function isStillMine(client: PoolClient, message: ClaimedMessage): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT FROM writeback.message
      WHERE ${MINE} AND state IN ('waiting', 'held') AND lease_expires_at > clock_timestamp() FOR UPDATE`,
    mine(message),
  );
  return rows.length > 0;
}

/** Messages that went to the person today, or may have. */
async function countToday(client: PoolClient, message: ClaimedMessage, today: string): Promise<number> {
  const { portal, channel, recipientId, messageId } = message;
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*) FROM writeback.message
      WHERE bucket = $1 AND portal_id = $2 AND channel = $3 AND recipient_id = $4 AND sent_day = $5 AND message_id <> $6`,
    [portal.bucket, portal.portalId, channel, recipientId, today, messageId],
  );
  return rows[0]?.count ?? 0;
}

async function markLeaving(
  outbox: OutboxDependencies,
  client: PoolClient,
  message: ClaimedMessage,
  today: string,
  portalNow: Date,
): Promise<void> {
  await client.query(
    `UPDATE writeback.message
        SET state = 'sending', is_outcome_unknown = true, sent_day = $5,
            first_attempt_at = coalesce(first_attempt_at, $6),
            lease_expires_at = clock_timestamp() + make_interval(secs => $7::float8 / 1000)
      WHERE ${MINE}`,
    [...mine(message), today, portalNow, outbox.leaseMs],
  );
}
