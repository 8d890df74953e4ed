import type { PortalAddress } from '@funnelwatch/event-log';
import type { OpenDeal, StageStay } from '@funnelwatch/plan';
import type { Pool } from 'pg';

export interface DealHistories {
  stays: StageStay[];
  open: OpenDeal[];
  /** Deals that began in the window. */
  begun: number;
  firstStageId: string;
}

interface Question {
  pipelineId: string;
  /** Deals that came to a stage since then are learned from. */
  since: Date;
  now: Date;
  currency: string;
}

const dayMs = 86_400_000;

/**
 * How deals of a pipeline went from their stages, and which are open now. Plain SQL through `pg` over views of the funnel. Deals
 * in other currencies are counted, their amounts are not.
 */
export async function readDealHistories(
  pool: Pool,
  { bucket, portalId }: PortalAddress,
  { pipelineId, since, now, currency }: Question,
): Promise<DealHistories> {
  const { rows } = await pool.query<{
    stage: string;
    came_at: Date;
    decided_at: Date | null;
    cause: 'won' | 'lost' | null;
    is_standing: boolean;
    is_beginning: boolean;
    kopecks: string;
  }>({
    name: 'api.deal_histories',
    text: `WITH visit AS (
             SELECT object_id, stage_id, semantics, min(entered_at) AS came_at, bool_or(left_at IS NULL) AS is_standing,
                    bool_or(is_first_in_pipeline) AS is_beginning
               FROM read.stage_visit
              WHERE bucket = $1 AND portal_id = $2 AND kind = 'deal' AND pipeline_id = $3 AND entered_at <= $5
              GROUP BY 1, 2, 3
           ), decided AS (
             SELECT object_id, max(came_at) AS decided_at,
                    CASE WHEN bool_or(semantics = 'S') THEN 'won' ELSE 'lost' END AS cause
               FROM visit WHERE is_standing AND semantics IN ('S', 'F') GROUP BY 1
           )
           SELECT visit.stage_id AS stage, visit.came_at, decided.decided_at, decided.cause,
                  visit.is_standing, visit.is_beginning,
                  CASE WHEN deal.currency = $6 THEN coalesce(deal.amount_kopecks, 0) ELSE 0 END::text AS kopecks
             FROM visit
             JOIN read.funnel_object deal
               ON deal.bucket = $1 AND deal.portal_id = $2 AND deal.kind = 'deal' AND deal.object_id = visit.object_id
              AND deal.state = 'present'
             LEFT JOIN decided ON decided.object_id = visit.object_id
            WHERE visit.semantics = 'P' AND (visit.came_at >= $4 OR visit.is_standing)`,
    values: [bucket, portalId, pipelineId, since, now, currency],
  });
  const days = (from: Date, to: Date): number => Math.max(0, (to.getTime() - from.getTime()) / dayMs);
  const recent = rows.filter(({ came_at }) => came_at >= since);
  const beginning = recent.filter(({ is_beginning }) => is_beginning);
  const stays = recent.map(({ stage, came_at, decided_at, cause }): StageStay => ({
    ...{ stageId: stage, cause, days: days(came_at, decided_at ?? now) },
  }));
  const open = rows
    .filter(({ is_standing, cause }) => is_standing && cause === null)
    .map(({ stage, came_at, kopecks }): OpenDeal => ({
      ...{ stageId: stage, days: days(came_at, now), kopecks: BigInt(kopecks) },
    }));
  const counts = Map.groupBy(beginning, ({ stage }) => stage);
  const firstStageId = [...counts].sort(([, one], [, other]) => other.length - one.length)[0]?.[0] ?? '';
  return { stays, open, begun: beginning.length, firstStageId };
}
