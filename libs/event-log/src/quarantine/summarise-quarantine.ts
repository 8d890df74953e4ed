import type { Pool } from 'pg';

export interface QuarantineSummary {
  events: number;
  /** Age of the event that has waited longest; 0 when there is none. */
  oldestSeconds: number;
}

/** How much a projection has set aside and for how long. */
export async function summariseQuarantine(pool: Pool, projection: string): Promise<QuarantineSummary> {
  const { rows } = await pool.query<QuarantineSummary>({
    name: 'quarantine.summary',
    text: `SELECT count(*) AS events, coalesce(max(age_seconds), 0) AS "oldestSeconds"
             FROM read.ops_quarantine WHERE projection = $1`,
    values: [projection],
  });
  return rows[0] ?? { events: 0, oldestSeconds: 0 };
}
