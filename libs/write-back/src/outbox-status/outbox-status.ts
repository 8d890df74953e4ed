import type { Pool, PoolClient } from 'pg';
import type { Channel, MessageState } from '../domain/message.js';

export interface OutboxCount {
  portalId: string;
  channel: Channel;
  state: MessageState;
  messages: number;
  /** Of these, how many may be in the portal without our knowing. */
  outcomeUnknown: number;
  /** How long the oldest one has been due, in seconds; 0 where none is. */
  overdueSeconds: number;
}

const UNDER_WAY = `state IN ('waiting', 'held', 'sending')`;
const COLUMNS = 'channel, state, is_outcome_unknown, next_attempt_at';

/**
 * `$1` is now, `$2` a portal or null for all. Portals are found by jumps in an index and messages by two others, so that years
 * of messages that were sent cost nothing.
 */
export const outboxStatusQuery = `
  WITH RECURSIVE place AS (
    (SELECT bucket, portal_id FROM writeback.message ORDER BY bucket, portal_id LIMIT 1)
    UNION ALL
    SELECT next.bucket, next.portal_id
      FROM place CROSS JOIN LATERAL (
           SELECT bucket, portal_id FROM writeback.message
            WHERE (bucket, portal_id) > (place.bucket, place.portal_id) ORDER BY bucket, portal_id LIMIT 1) AS next)
  SELECT place.portal_id AS "portalId", message.channel, message.state, count(*) AS messages,
         count(*) FILTER (WHERE message.is_outcome_unknown) AS "outcomeUnknown",
         greatest(0, coalesce(extract(epoch FROM $1::timestamptz - min(message.next_attempt_at)
                                        FILTER (WHERE message.${UNDER_WAY})), 0))::float8 AS "overdueSeconds"
    FROM place CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM writeback.message
          WHERE bucket = place.bucket AND portal_id = place.portal_id AND ${UNDER_WAY}
         UNION ALL
         SELECT ${COLUMNS} FROM writeback.message
          WHERE bucket = place.bucket AND portal_id = place.portal_id
            AND created_at > $1::timestamptz - interval '30 days' AND NOT ${UNDER_WAY}) AS message
   WHERE $2::uuid IS NULL OR place.portal_id = $2
   GROUP BY place.portal_id, message.channel, message.state ORDER BY 1, 2, 3`;

/**
 * How the outboxes stand of all portals that the login may see, or of one: every message that is under way, and those that were
 * made in the last 30 days and are done with.
 */
export async function outboxStatus(
  source: Pool | PoolClient,
  now: Date,
  portalId: string | null = null,
): Promise<OutboxCount[]> {
  const { rows } = await source.query<OutboxCount>(outboxStatusQuery, [now, portalId]);
  return rows;
}
