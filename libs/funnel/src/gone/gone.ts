import { viewsOf } from '../scope.js';
import type { GoneFigureRef } from '../figure.js';
import type { FigureRows } from '../read/figure-rows.js';
import type { OpenQuestion } from '../read/question.js';
import { Parameters } from '../read/parameters.js';

/** Objects that left every figure, in the pipeline of their last move. */
export function goneRows(question: OpenQuestion, parameters: Parameters): FigureRows {
  const { scope, pipeline, sellerId } = question;
  const currency = parameters.add(question.currency, 'text');
  const seller = sellerId === undefined ? null : parameters.add(sellerId, 'text');
  return {
    text: `
    counted_row AS (
      SELECT object_id, coalesce(owner_id, 'unknown') AS seller_id, amount_kopecks,
             coalesce(currency, ${currency}) AS currency, 0 AS sequence, NULL::int AS event_sequence, stage_id, state,
             gone_at AS counted_at, NULL::timestamptz AS converted_at
        FROM ${viewsOf(scope)}.funnel_object
       WHERE bucket = ${parameters.add(scope.bucket, 'int')} AND portal_id = ${parameters.add(scope.portalId, 'uuid')}
         AND kind = ${parameters.add(pipeline.kind, 'text')} AND state IN ('deleted', 'merged')
         AND pipeline_id = ${parameters.add(pipeline.pipelineId, 'text')}
         ${seller ? `AND coalesce(owner_id, 'unknown') = ${seller}` : ''}
    )`,
  };
}

export const goneConditions: Record<GoneFigureRef['figure'], string> = {
  deleted: "state = 'deleted'",
  merged: "state = 'merged'",
};

/** Counts of the whole pipeline, whoever was responsible. */
export async function countGone(question: OpenQuestion): Promise<{ deleted: number; merged: number }> {
  const parameters = new Parameters();
  const rows = goneRows({ ...question, sellerId: undefined }, parameters);
  const counted = await question.client.query<{ deleted: number; merged: number }>(
    `WITH ${rows.text}
     SELECT count(*) FILTER (WHERE ${goneConditions.deleted}) AS deleted,
            count(*) FILTER (WHERE ${goneConditions.merged}) AS merged
       FROM counted_row`,
    parameters.values,
  );
  return counted.rows[0] ?? { deleted: 0, merged: 0 };
}
