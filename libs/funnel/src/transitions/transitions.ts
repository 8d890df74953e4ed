import type { FunnelTransitions, TransitionRow } from '../answers.js';
import { bySeller } from '../read/by-seller.js';
import { assertPeriod, type OpenQuestion } from '../read/question.js';
import { rateOf } from '../read/rate.js';
import { Parameters } from '../read/parameters.js';
import type { Period } from '../scope.js';
import { transitionRows } from './transition-rows.js';

interface ExitRow {
  stageId: string;
  toStageId: string | null;
  sellerId: string;
  count: number;
}

/** Where the exits from each stage went. Throws `Rejection` FUNNEL_PERIOD_INVALID. */
export async function funnelTransitions(question: OpenQuestion, period: Period): Promise<FunnelTransitions> {
  assertPeriod(period);
  const parameters = new Parameters();
  const { rows } = await question.client.query<ExitRow>(
    `WITH ${transitionRows(question, period, parameters).text}
     SELECT stage_id AS "stageId", to_stage_id AS "toStageId", seller_id AS "sellerId", count(*) AS count
       FROM counted_row GROUP BY stage_id, to_stage_id, seller_id`,
    parameters.values,
  );
  return {
    definition: 'transition',
    asOf: question.asOf,
    pipeline: question.pipeline,
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    all: matrixOf(question, rows),
    sellers: [...bySeller(rows)].map(([sellerId, own]) => ({ sellerId, rows: matrixOf(question, own) })),
  };
}

/** One row for every stage that was left, in the order of the stages; destinations likewise, other pipelines last. */
function matrixOf(question: OpenQuestion, rows: readonly ExitRow[]): TransitionRow[] {
  const stageIds = question.pipeline.stages.map((stage) => stage.stageId);
  return stageIds.flatMap((fromStageId) => {
    const exits = rows.filter((row) => row.stageId === fromStageId);
    const total = exits.reduce((sum, row) => sum + row.count, 0);
    if (total === 0) return [];
    const to = [...stageIds, null].flatMap((toStageId) => {
      const count = exits.reduce((sum, row) => (row.toStageId === toStageId ? sum + row.count : sum), 0);
      return count === 0 ? [] : [{ toStageId, ...rateOf(count, total) }];
    });
    return [{ fromStageId, exits: total, to }];
  });
}
