import { randomUUID } from 'node:crypto';
import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import { MESSAGE_COLUMNS, messageOf, type MessageRow, type StoredMessage } from '../stored-message/stored-message.js';

/** A message that this worker may work on as long as its lease lasts. */
export interface ClaimedMessage extends StoredMessage {
  leaseToken: string;
  sealedText: string;
  /** By the portal's clock: nothing of the message is there before. */
  firstAttemptAt: Date | null;
}

/** Ids of portals that have messages due, and tasks to ask about. */
export async function portalsWithWork(pool: Pool, now: Date): Promise<{ toSend: Set<string>; toAsk: Set<string> }> {
  const { rows } = await pool.query<{ portalId: string; sends: boolean }>(
    `SELECT DISTINCT portal_id AS "portalId", true AS sends FROM writeback.message
      WHERE state IN ('waiting', 'held', 'sending') AND next_attempt_at <= $1
        AND (lease_expires_at IS NULL OR lease_expires_at <= clock_timestamp())
     UNION ALL
     SELECT DISTINCT portal_id, false FROM writeback.message WHERE poll_at <= $1`,
    [now],
  );
  const idsOf = (sends: boolean) => new Set(rows.filter((row) => row.sends === sends).map(({ portalId }) => portalId));
  return { toSend: idsOf(true), toAsk: idsOf(false) };
}

/**
 * Takes messages of a portal that are due and that nobody works on. One that was on its way when its worker fell silent
 * counts as an attempt that failed, with an outcome that is not known.
 */
export async function claimMessages(
  pool: Pool,
  portal: PortalAddress,
  { now, leaseMs, limit }: { now: Date; leaseMs: number; limit: number },
): Promise<ClaimedMessage[]> {
  const leaseToken = randomUUID();
  const { rows } = await pool.query<MessageRow>(
    `WITH due AS (
       SELECT message_id FROM writeback.message
        WHERE bucket = $1 AND portal_id = $2 AND state IN ('waiting', 'held', 'sending') AND next_attempt_at <= $3
          AND (lease_expires_at IS NULL OR lease_expires_at <= clock_timestamp())
        ORDER BY next_attempt_at, created_at, message_id LIMIT $4
          FOR UPDATE SKIP LOCKED)
     UPDATE writeback.message AS claimed
        SET lease_token = $5, lease_expires_at = clock_timestamp() + make_interval(secs => $6::float8 / 1000),
            attempts = attempts + CASE WHEN state = 'sending' THEN 1 ELSE 0 END,
            state = CASE WHEN state = 'sending' THEN 'waiting' ELSE state END
       FROM due
      WHERE claimed.bucket = $1 AND claimed.portal_id = $2 AND claimed.message_id = due.message_id
  RETURNING ${MESSAGE_COLUMNS.replace('message_id', 'claimed.message_id')}`,
    [portal.bucket, portal.portalId, now, limit, leaseToken, leaseMs],
  );
  return rows
    .map((row) => ({
      ...messageOf(row),
      leaseToken,
      sealedText: row.sealed_text,
      firstAttemptAt: row.first_attempt_at,
    }))
    .sort((one, other) => dueMs(one) - dueMs(other) || one.createdAt.getTime() - other.createdAt.getTime());
}

const dueMs = ({ nextAttemptAt }: StoredMessage): number => nextAttemptAt?.getTime() ?? 0;

/** Gives back what was not worked on, to be taken again at once or at an instant. */
export async function giveBack(
  pool: Pool,
  messages: readonly ClaimedMessage[],
  postponed: { until: Date; reason: string } | null = null,
): Promise<void> {
  for (const { portal, messageId, leaseToken } of messages) {
    await pool.query(
      `UPDATE writeback.message
          SET lease_token = NULL, lease_expires_at = NULL, next_attempt_at = greatest(next_attempt_at, $5),
              reason = CASE state WHEN 'waiting' THEN coalesce($6, reason) ELSE reason END
        WHERE bucket = $1 AND portal_id = $2 AND message_id = $3 AND lease_token = $4 AND state IN ('waiting', 'held')`,
      [portal.bucket, portal.portalId, messageId, leaseToken, postponed?.until ?? null, postponed?.reason ?? null],
    );
  }
}
