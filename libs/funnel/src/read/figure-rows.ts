import { viewsOf } from '../scope.js';
import type { OpenQuestion } from './question.js';
import type { Parameters } from './parameters.js';

/**
 * Rows that a view counts. A number is the count of the rows that meet its condition, and the records behind the
 * number are those very rows: both are built from the same text, so they cannot differ.
 *
 * The text is the list of common table expressions; the last one is `counted_row` with at least the columns
 * object_id, seller_id, amount_kopecks, currency, sequence, stage_id, counted_at, converted_at. `event_sequence` is the
 * visit whose first move is the fact behind the row.
 */
export interface FigureRows {
  text: string;
}

/** What every view begins with: the stages with their ranks, the objects that count, and their visits of the pipeline. */
export function baseRows(question: OpenQuestion, parameters: Parameters): { text: string; own: string } {
  const { scope, pipeline } = question;
  const views = viewsOf(scope);
  const bucket = parameters.add(scope.bucket, 'int');
  const portal = parameters.add(scope.portalId, 'uuid');
  const kind = parameters.add(pipeline.kind, 'text');
  const own = parameters.add(pipeline.pipelineId, 'text');
  const currency = parameters.add(question.currency, 'text');
  const known = question.isPast ? parameters.add(question.at, 'timestamptz') : null;
  const seller = question.sellerId === undefined ? null : parameters.add(question.sellerId, 'text');
  const column = (read: (stage: OpenQuestion['pipeline']['stages'][number]) => unknown, type: string) =>
    parameters.add(pipeline.stages.map(read), type);
  const stages = [
    column((stage) => stage.stageId, 'text[]'),
    column((stage) => stage.rank, 'int[]'),
    column((stage) => stage.semantics, 'text[]'),
  ];
  // The latest seller and amount lie with the object: only objects that changed since have to be looked up.
  const earlier = known
    ? `LEFT JOIN LATERAL (
         SELECT version.owner_id, version.amount_kopecks, version.currency FROM ${views}.object_version version
          WHERE object.version_from > ${known} AND version.bucket = object.bucket
            AND version.portal_id = object.portal_id AND version.kind = object.kind
            AND version.object_id = object.object_id AND version.valid_from <= ${known}
          ORDER BY version.valid_from DESC LIMIT 1) earlier ON true`
    : '';
  const held = (column: string) =>
    known
      ? `CASE WHEN object.version_from > ${known} THEN earlier.${column} ELSE object.${column} END`
      : `object.${column}`;
  const text = `
    stage AS NOT MATERIALIZED (
      SELECT * FROM unnest(${stages.join(', ')}) AS stage (stage_id, rank, semantics)
    ),
    object AS (
      SELECT object.object_id, coalesce(${held('owner_id')}, 'unknown') AS seller_id,
             ${held('amount_kopecks')} AS amount_kopecks, coalesce(${held('currency')}, ${currency}) AS currency
        FROM ${views}.funnel_object object ${earlier}
       WHERE object.bucket = ${bucket} AND object.portal_id = ${portal} AND object.kind = ${kind}
         AND object.state = 'present' ${seller ? `AND coalesce(${held('owner_id')}, 'unknown') = ${seller}` : ''}
    ),
    -- Not materialized, so that each reader of it is narrowed by its own index.
    visit AS NOT MATERIALIZED (
      SELECT visit.object_id, visit.sequence, visit.stage_id, visit.entered_at, stage.rank,
             ${known ? `CASE WHEN visit.left_at <= ${known} THEN visit.left_at END AS left_at` : 'visit.left_at'},
             coalesce(stage.semantics, visit.semantics::text) AS semantics,
             visit.previous_pipeline_id, visit.previous_stage_id, visit.next_pipeline_id, visit.next_stage_id,
             visit.is_first_entry, visit.is_first_in_pipeline
        FROM ${views}.stage_visit visit LEFT JOIN stage USING (stage_id)
       WHERE visit.bucket = ${bucket} AND visit.portal_id = ${portal} AND visit.kind = ${kind}
         AND visit.pipeline_id = ${own} ${known ? `AND visit.entered_at <= ${known}` : ''}
    )`;
  return { text, own };
}
