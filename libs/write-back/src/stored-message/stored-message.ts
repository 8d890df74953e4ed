import type { PortalAddress } from '@funnelwatch/event-log';
import type { About, AboutKind, Channel, MessageState } from '../domain/message.js';

/** A message without its text. Instants are by our clock unless it says otherwise. */
export interface StoredMessage {
  portal: PortalAddress;
  messageId: string;
  channel: Channel;
  /** User of the portal. */
  recipientId: string;
  about: About;
  /** What the message belongs to, as its sender names it: the id of a case, say. */
  purpose: string;
  marker: string;
  notBefore: Date;
  state: MessageState;
  /** Why it is held, refused, failed, cancelled or tried again (`reasonSentence`). */
  reason: string | null;
  /** Attempts that failed. */
  attempts: number;
  nextAttemptAt: Date | null;
  /** It may be in the portal without our knowing. */
  isOutcomeUnknown: boolean;
  createdAt: Date;
  sentAt: Date | null;
  /** Id of what stands in the portal. */
  portalObjectId: string | null;
  /** When the recipient is known to have seen a task, by the portal's clock. */
  seenAt: Date | null;
  /** When a task was completed, by the portal's clock. */
  doneAt: Date | null;
  /** When a task was found to be gone from the portal. */
  goneAt: Date | null;
}

export interface MessageRow {
  bucket: number;
  portal_id: string;
  message_id: string;
  channel: Channel;
  recipient_id: string;
  about_kind: AboutKind;
  about_id: string;
  purpose: string;
  sealed_text: string;
  marker: string;
  not_before: Date;
  state: MessageState;
  reason: string | null;
  attempts: number;
  next_attempt_at: Date | null;
  is_outcome_unknown: boolean;
  first_attempt_at: Date | null;
  created_at: Date;
  sent_at: Date | null;
  portal_object_id: string | null;
  seen_at: Date | null;
  done_at: Date | null;
  gone_at: Date | null;
}

export const MESSAGE_COLUMNS = `bucket, portal_id, message_id, channel, recipient_id, about_kind, about_id, purpose, sealed_text,
  marker, not_before, state, reason, attempts, next_attempt_at, is_outcome_unknown, first_attempt_at, created_at, sent_at,
  portal_object_id, seen_at, done_at, gone_at`;

export const messageOf = (row: MessageRow): StoredMessage => ({
  portal: { bucket: row.bucket, portalId: row.portal_id },
  messageId: row.message_id,
  channel: row.channel,
  recipientId: row.recipient_id,
  about: { kind: row.about_kind, id: row.about_id },
  purpose: row.purpose,
  marker: row.marker,
  notBefore: row.not_before,
  state: row.state,
  reason: row.reason,
  attempts: row.attempts,
  nextAttemptAt: row.next_attempt_at,
  isOutcomeUnknown: row.is_outcome_unknown,
  createdAt: row.created_at,
  sentAt: row.sent_at,
  portalObjectId: row.portal_object_id,
  seenAt: row.seen_at,
  doneAt: row.done_at,
  goneAt: row.gone_at,
});
