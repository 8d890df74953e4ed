import type { KeyRing, PortalAddress } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import type { About, Channel, MessageText } from '../domain/message.js';
import { markerOf } from '../stored-message/marker.js';
import { sealText } from '../stored-message/sealed-text.js';
import { MESSAGE_COLUMNS, messageOf, type MessageRow, type StoredMessage } from '../stored-message/stored-message.js';
import { refuseInvalid } from './refuse-invalid.js';

export interface NewMessage {
  /** A random UUID. The same id again is the same message. */
  messageId: string;
  channel: Channel;
  /** User of the portal who is to read it. */
  recipientId: string;
  about: About;
  /** What the message belongs to, as the caller names it: the id of a case, say. Stands in clear. */
  purpose: string;
  text: MessageText;
  /** Not sent before; until then `cancelMessage` is in time. */
  notBefore: Date;
}

/**
 * Puts a message into the outbox, in the transaction of the caller: it is sent if that commits. Whether the channel is on is
 * asked when it is sent. Enqueuing the same message again changes nothing.
 * Throws `Rejection` MESSAGE_INVALID, MESSAGE_ID_TAKEN by a different one, or MESSAGE_SUBJECT_ERASED.
 */
export async function enqueueMessage(
  client: PoolClient,
  keyRing: KeyRing,
  portal: PortalAddress,
  message: NewMessage,
  now: Date,
): Promise<{ message: StoredMessage; isNew: boolean }> {
  refuseInvalid(message);
  const { messageId, channel, recipientId, about, purpose, notBefore } = message;
  const sealed = await sealText(keyRing, portal, message, message.text);
  if (sealed === null) {
    throw new Rejection('MESSAGE_SUBJECT_ERASED', 'This person was erased: nothing is written about or to them.');
  }
  const inserted = await client.query<MessageRow>(
    `INSERT INTO writeback.message (bucket, portal_id, message_id, channel, recipient_id, about_kind, about_id, purpose,
                                    sealed_text, marker, not_before, next_attempt_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)
     ON CONFLICT DO NOTHING
     RETURNING ${MESSAGE_COLUMNS}`,
    [
      ...[portal.bucket, portal.portalId, messageId, channel, recipientId, about.kind, about.id, purpose],
      ...[sealed, markerOf(portal.portalId, messageId), notBefore, now],
    ],
  );
  const [created] = inserted.rows;
  if (created) return { message: messageOf(created), isNew: true };
  const { rows } = await client.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM writeback.message WHERE bucket = $1 AND portal_id = $2 AND message_id = $3`,
    [portal.bucket, portal.portalId, messageId],
  );
  const [known] = rows;
  const isSame =
    known?.channel === channel &&
    known.recipient_id === recipientId &&
    known.about_kind === about.kind &&
    known.about_id === about.id &&
    known.purpose === purpose &&
    known.sealed_text === sealed;
  if (known && isSame) return { message: messageOf(known), isNew: false };
  throw new Rejection('MESSAGE_ID_TAKEN', 'Another message has this id already. Give the new one an id of its own.', {
    details: { messageId },
  });
}
