import { baseRows, type FigureRows } from '../read/figure-rows.js';
import type { OpenQuestion } from '../read/question.js';
import type { Parameters } from '../read/parameters.js';
import type { Period } from '../scope.js';

/** Exits from the stages of the pipeline in a period; `to_stage_id` is null for a move to another pipeline. */
export function transitionRows(question: OpenQuestion, period: Period, parameters: Parameters): FigureRows {
  const base = baseRows(question, parameters);
  const from = parameters.add(period.from, 'timestamptz');
  const to = parameters.add(period.to, 'timestamptz');
  return {
    text: `${base.text},
    counted_row AS (
      SELECT object_id, seller_id, amount_kopecks, currency, sequence, sequence + 1 AS event_sequence, stage_id,
             CASE WHEN next_pipeline_id = ${base.own} THEN next_stage_id END AS to_stage_id,
             left_at AS counted_at, NULL::timestamptz AS converted_at
        FROM visit JOIN object USING (object_id)
       WHERE left_at >= ${from} AND left_at < ${to}
    )`,
  };
}
