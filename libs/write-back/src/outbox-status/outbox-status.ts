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

/** How the outboxes stand of all portals that the login may see, or of one. */
export async function outboxStatus(
  source: Pool | PoolClient,
  now: Date,
  portalId: string | null = null,
): Promise<OutboxCount[]> {
  const { rows } = await source.query<OutboxCount>(
    `SELECT portal_id AS "portalId", channel, state, count(*) AS messages,
            count(*) FILTER (WHERE is_outcome_unknown) AS "outcomeUnknown",
            greatest(0, coalesce(extract(epoch FROM $1 - min(next_attempt_at)
                                           FILTER (WHERE state IN ('waiting', 'held', 'sending'))), 0))::float8 AS "overdueSeconds"
       FROM writeback.message
      WHERE $2::uuid IS NULL OR portal_id = $2
      GROUP BY portal_id, channel, state ORDER BY portal_id, channel, state`,
    [now, portalId],
  );
  return rows;
}
