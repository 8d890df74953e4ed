import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import type { Indicator } from '../domain/indicators.js';
import type { PlanState } from '../domain/plan.js';

/** A plan that was written once, in force or not. */
export type KnownPlan = Exclude<PlanState, { status: 'absent' }>;

/** Reads plans and indicators of one portal. */
export class PlanReader {
  constructor(private readonly pool: Pool) {}

  /** Plans of a month, or of all months when none is given; the latest month first. */
  async plans({ bucket, portalId }: PortalAddress, month: string | null): Promise<KnownPlan[]> {
    const { rows } = await this.pool.query<{ state: KnownPlan }>({
      name: 'plan.plans',
      text: `SELECT state FROM read.plan WHERE bucket = $1 AND portal_id = $2 AND ($3::text IS NULL OR month = $3)
              ORDER BY month DESC, team_id, pipeline_id NULLS FIRST, plan_id LIMIT 1000`,
      values: [bucket, portalId, month],
    });
    return rows.map(({ state }) => state);
  }

  /** One plan; null when there is none of the id. */
  async plan({ bucket, portalId }: PortalAddress, planId: string): Promise<KnownPlan | null> {
    const { rows } = await this.pool.query<{ state: KnownPlan }>({
      name: 'plan.plan',
      text: 'SELECT state FROM read.plan WHERE bucket = $1 AND portal_id = $2 AND plan_id = $3',
      values: [bucket, portalId, planId],
    });
    return rows[0]?.state ?? null;
  }

  /** What is counted as an action, in the order of definition. */
  async indicators({ bucket, portalId }: PortalAddress): Promise<Indicator[]> {
    const { rows } = await this.pool.query<{ definition: Indicator }>({
      name: 'plan.indicators',
      text: `SELECT definition FROM read.indicator WHERE bucket = $1 AND portal_id = $2 ORDER BY indicator_id`,
      values: [bucket, portalId],
    });
    return rows.map(({ definition }) => definition);
  }
}
