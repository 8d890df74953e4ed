import type { FlowFigure } from '../figure.js';
import { baseRows, type FigureRows } from '../read/figure-rows.js';
import type { OpenQuestion } from '../read/question.js';
import type { Parameters } from '../read/parameters.js';
import type { Period } from '../scope.js';

/** Moves of a period: one row for each entry into a stage of the pipeline and for each move out of it. */
export function flowRows(question: OpenQuestion, period: Period, parameters: Parameters): FigureRows {
  const base = baseRows(question, parameters);
  const from = parameters.add(period.from, 'timestamptz');
  const to = parameters.add(period.to, 'timestamptz');
  return {
    text: `${base.text},
    moved AS (
      SELECT object_id, sequence, sequence AS event_sequence, visit.stage_id, entered_at AS counted_at,
             true AS is_entry,
             is_first_entry,
             is_first_in_pipeline,
             left_at IS NULL AND visit.semantics = 'S' AS is_won,
             left_at IS NULL AND visit.semantics = 'F' AS is_lost,
             visit.semantics = 'P' AND previous_pipeline_id = ${base.own}
               AND coalesce(visit.rank < origin.rank, false) AS is_rollback,
             visit.semantics = 'P' AND previous_pipeline_id = ${base.own}
               AND coalesce(origin.semantics IN ('S', 'F'), false) AS is_reopened,
             false AS is_left
        FROM visit LEFT JOIN stage origin ON origin.stage_id = visit.previous_stage_id
       WHERE entered_at >= ${from} AND entered_at < ${to}
      UNION ALL
      SELECT object_id, sequence, sequence + 1, stage_id, left_at,
             false, false, false, false, false, false, false, true
        FROM visit
       WHERE left_at >= ${from} AND left_at < ${to} AND next_pipeline_id <> ${base.own}
    ),
    counted_row AS (
      SELECT moved.*, seller_id, amount_kopecks, currency, NULL::timestamptz AS converted_at
        FROM moved JOIN object USING (object_id)
    )`,
  };
}

export const flowConditions: Record<FlowFigure, string> = {
  entries: 'is_first_entry',
  visits: 'is_entry',
  created: 'is_first_in_pipeline',
  won: 'is_won',
  lost: 'is_lost',
  rollbacks: 'is_rollback',
  reopened: 'is_reopened',
  left: 'is_left',
};
