import type { PortalAddress } from '@funnelwatch/event-log';
import type { PoolClient } from 'pg';
import type { Channel } from '../domain/message.js';

const LOCK = `hashtextextended('writeback ' || $1 || ' ' || $2, 0)`;

/**
 * Keeps the setting of a channel from changing until the transaction ends (`shared`), or lets it change (`alone`). Without it
 * a message could be held for a channel in the moment in which it is switched on, and never be let go.
 */
export async function lockChannel(
  client: PoolClient,
  { portalId }: PortalAddress,
  channel: Channel,
  mode: 'shared' | 'alone',
): Promise<void> {
  const lock = mode === 'alone' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared';
  await client.query(`SELECT ${lock}(${LOCK})`, [portalId, channel]);
}

/** One message of a channel to a person at a time, so that two workers cannot both send the last one of a day. */
export async function lockRecipient(
  client: PoolClient,
  { portalId }: PortalAddress,
  channel: Channel,
  recipientId: string,
): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`, [portalId, `${channel} ${recipientId}`]);
}
