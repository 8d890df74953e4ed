import type { PortalAddress } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import { uuidArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { isReleased } from '../domain/message-life.js';
import { type Channel, channels, type ChannelSetting } from '../domain/message.js';

export interface ChannelChange {
  channel: Channel;
  isEnabled: boolean;
  /** Messages that one person gets at most on a day, 1 to 100. */
  capPerPersonDay: number;
  /** Account of whoever decides. */
  by: string;
  now: Date;
}
import { lockChannel } from './lock-channel.js';

/** Messages that were held longer stay held: switching on must not send a month of them at once. */
const RELEASED_WITHIN_MS = 24 * 3_600_000;
const HIGHEST_CAP = 100;

/**
 * Switches a channel of a portal on or off and sets its cap, in the transaction of the caller. Switching on lets go what was
 * held for it in the last 24 hours; what is older stays held as OUTDATED, for a person to decide.
 * Throws `Rejection` CHANNEL_INVALID.
 */
export async function setChannel(
  client: PoolClient,
  portal: PortalAddress,
  change: ChannelChange,
): Promise<ChannelSetting> {
  const { channel, isEnabled, capPerPersonDay, by, now } = change;
  const isCap = Number.isInteger(capPerPersonDay) && capPerPersonDay >= 1 && capPerPersonDay <= HIGHEST_CAP;
  if (!channels.includes(channel) || !isCap) {
    throw new Rejection(
      'CHANNEL_INVALID',
      `Name a channel (${channels.join(', ')}) and a cap of 1 to ${HIGHEST_CAP} messages a day.`,
    );
  }
  await lockChannel(client, portal, channel, 'alone');
  await client.query(
    `INSERT INTO writeback.channel_setting (bucket, portal_id, channel, is_enabled, cap_per_person_day, enabled_by, enabled_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (bucket, portal_id, channel) DO UPDATE
       SET is_enabled = EXCLUDED.is_enabled, cap_per_person_day = EXCLUDED.cap_per_person_day,
           enabled_by = EXCLUDED.enabled_by, enabled_at = EXCLUDED.enabled_at`,
    [portal.bucket, portal.portalId, channel, isEnabled, capPerPersonDay, by, now],
  );
  if (isEnabled) await release(client, portal, channel, now);
  return { channel, isEnabled, capPerPersonDay, enabledBy: by, enabledAt: now };
}

async function release(client: PoolClient, portal: PortalAddress, channel: Channel, now: Date): Promise<void> {
  const { rows } = await client.query<{ message_id: string; created_at: Date }>(
    `SELECT message_id, created_at FROM writeback.message
      WHERE bucket = $1 AND portal_id = $2 AND channel = $3 AND state = 'held' AND reason = 'CHANNEL_OFF' FOR UPDATE`,
    [portal.bucket, portal.portalId, channel],
  );
  const [released, outdated] = [true, false].map((isFresh) =>
    rows.filter((row) => isReleased(row.created_at, now, RELEASED_WITHIN_MS) === isFresh).map((row) => row.message_id),
  );
  await client.query(
    `UPDATE writeback.message SET state = 'waiting', reason = NULL, next_attempt_at = greatest(not_before, $4)
      WHERE bucket = $1 AND portal_id = $2 AND message_id = ANY ($3::uuid[])`,
    [portal.bucket, portal.portalId, uuidArray(released ?? []), now],
  );
  await client.query(
    `UPDATE writeback.message SET reason = 'OUTDATED' WHERE bucket = $1 AND portal_id = $2 AND message_id = ANY ($3::uuid[])`,
    [portal.bucket, portal.portalId, uuidArray(outdated ?? [])],
  );
}
