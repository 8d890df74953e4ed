import type { PortalAddress } from '@funnelwatch/event-log';
import type { PoolClient } from 'pg';
import { MESSAGE_COLUMNS, messageOf, type MessageRow, type StoredMessage } from './stored-message.js';

/** A message that nobody else changes until the transaction ends; null when the portal has none with this id. */
export async function lockMessage(
  client: PoolClient,
  portal: PortalAddress,
  messageId: string,
): Promise<StoredMessage | null> {
  const { rows } = await client.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM writeback.message
      WHERE bucket = $1 AND portal_id = $2 AND message_id = $3 FOR UPDATE`,
    [portal.bucket, portal.portalId, messageId],
  );
  return rows[0] ? messageOf(rows[0]) : null;
}
