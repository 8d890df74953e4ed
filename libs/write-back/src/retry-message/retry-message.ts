import type { PortalAddress } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { mayRetry } from '../domain/message-life.js';
import { lockMessage } from '../stored-message/lock-message.js';
import { messageUnknown } from '../stored-message/outbox-rejections.js';

/**
 * Has a message sent that is held, was refused or was given up, in the transaction of the caller. What may be in the portal
 * already is looked for first; settings and caps hold as ever. Throws `Rejection` MESSAGE_UNKNOWN or MESSAGE_SETTLED.
 */
export async function retryMessage(
  client: PoolClient,
  portal: PortalAddress,
  messageId: string,
  now: Date,
): Promise<void> {
  const message = await lockMessage(client, portal, messageId);
  if (!message) throw messageUnknown(messageId);
  if (!mayRetry(message.state)) {
    throw new Rejection(
      'MESSAGE_SETTLED',
      'Only a message that is held, was refused or has failed can be sent again. This one is on its way, sent or cancelled.',
      { details: { messageId, state: message.state } },
    );
  }
  await client.query(
    `UPDATE writeback.message SET state = 'waiting', reason = NULL, attempts = 0, next_attempt_at = $4
      WHERE bucket = $1 AND portal_id = $2 AND message_id = $3`,
    [portal.bucket, portal.portalId, messageId, now],
  );
}
