import type { KeyRing, PortalAddress } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import { textArray, uuidArray } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { type MessageState, messageStates, type MessageText } from '../domain/message.js';
import { openTexts } from '../stored-message/sealed-text.js';
import { MESSAGE_COLUMNS, messageOf, type MessageRow, type StoredMessage } from '../stored-message/stored-message.js';

export interface MessageQuery {
  /** All of them where none is named. */
  states?: readonly MessageState[];
  purpose?: string;
  recipientId?: string;
  /** Messages behind this one, which is the last of the page before. */
  after?: string;
  /** 1 to 200, 50 unless told. */
  limit?: number;
}

const MOST_ROWS = 200;

/** Messages of a portal without their texts, newest first. Throws `Rejection` MESSAGE_QUERY_INVALID. */
export async function listMessages(
  source: Pool | PoolClient,
  portal: PortalAddress,
  query: MessageQuery = {},
): Promise<StoredMessage[]> {
  const { states = messageStates, purpose = null, recipientId = null, after = null, limit = 50 } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST_ROWS) {
    throw new Rejection('MESSAGE_QUERY_INVALID', `Ask for 1 to ${MOST_ROWS} messages at once.`);
  }
  const { rows } = await source.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM writeback.message AS listed
      WHERE bucket = $1 AND portal_id = $2 AND state = ANY ($3::text[])
        AND ($4::text IS NULL OR purpose = $4) AND ($5::text IS NULL OR recipient_id = $5)
        AND ($6::uuid IS NULL OR EXISTS (
              SELECT FROM writeback.message AS last
               WHERE last.bucket = $1 AND last.portal_id = $2 AND last.message_id = $6
                 AND (listed.created_at < last.created_at
                      OR listed.created_at = last.created_at AND listed.message_id > last.message_id)))
      ORDER BY created_at DESC, message_id LIMIT $7`,
    [portal.bucket, portal.portalId, textArray(states), purpose, recipientId, after, limit],
  );
  return rows.map(messageOf);
}

/** Texts of messages by their ids; null where somebody they spoke of was erased. Ids of other portals are left out. */
export async function readMessageTexts(
  source: Pool | PoolClient,
  keyRing: KeyRing,
  portal: PortalAddress,
  messageIds: readonly string[],
): Promise<Map<string, MessageText | null>> {
  const { rows } = await source.query<MessageRow>(
    `SELECT ${MESSAGE_COLUMNS} FROM writeback.message
      WHERE bucket = $1 AND portal_id = $2 AND message_id = ANY ($3::uuid[])`,
    [portal.bucket, portal.portalId, uuidArray(messageIds)],
  );
  const sealed = rows.map((row) => ({ ...messageOf(row), text: row.sealed_text }));
  const texts = await openTexts(keyRing, portal, sealed);
  return new Map(rows.map((row, index) => [row.message_id, texts[index] ?? null]));
}
