import type { PortalAddress } from '@funnelwatch/event-log';
import type { PoolClient } from 'pg';
import { decideCancel } from '../domain/message-life.js';
import type { MessageState } from '../domain/message.js';
import { lockMessage } from '../stored-message/lock-message.js';
import { messageUnknown } from '../stored-message/outbox-rejections.js';

/**
 * Takes a message back, in the transaction of the caller. In time as long as nothing of it can have reached the portal;
 * otherwise nothing changes. Throws `Rejection` MESSAGE_UNKNOWN.
 */
export async function cancelMessage(
  client: PoolClient,
  portal: PortalAddress,
  messageId: string,
): Promise<{ isInTime: boolean; state: MessageState }> {
  const message = await lockMessage(client, portal, messageId);
  if (!message) throw messageUnknown(messageId);
  switch (decideCancel(message)) {
    case 'cancelled already':
      return { isInTime: true, state: 'cancelled' };
    case 'too late':
      return { isInTime: false, state: message.state };
    case 'cancel':
      await client.query(
        `UPDATE writeback.message SET state = 'cancelled', reason = NULL, next_attempt_at = NULL, lease_token = NULL,
                lease_expires_at = NULL
          WHERE bucket = $1 AND portal_id = $2 AND message_id = $3`,
        [portal.bucket, portal.portalId, messageId],
      );
      return { isInTime: true, state: 'cancelled' };
  }
}
