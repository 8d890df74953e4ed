import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';

/** Keeps clean weeks, one for a person and week. */
export async function foldCleanWeeks(
  client: PoolClient,
  { schema, bucket }: { schema: string; bucket: number },
  events: readonly StoredEvent[],
): Promise<void> {
  for (const { type, portalId, data, recordedAt } of events) {
    if (type !== 'CleanWeekNoted') continue;
    await client.query(
      `INSERT INTO ${schema}.clean_week (bucket, portal_id, person, week, checks, noted_at)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [bucket, portalId, data['person'], data['week'], data['checks'], recordedAt],
    );
  }
}
