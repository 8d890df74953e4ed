import { viewsOf } from '../scope.js';
import type { FigureRecord, FigureRecords, SealedTitle } from '../answers.js';
import type { FigureRef } from '../figure.js';
import type { OpenQuestion } from '../read/question.js';
import { Parameters } from '../read/parameters.js';
import { cursorOf, placeOf } from './cursor.js';
import { figureRowsOf } from './figure-rows-of.js';

const mostRecords = 200;
const defaultRecords = 50;

interface CountedRow {
  objectId: string;
  sequence: number;
  countedAt: Date;
  convertedAt: Date | null;
  sellerId: string;
  stageId: string | null;
  kopecks: string | null;
  currency: string;
  title: SealedTitle | null;
  currentPipelineId: string | null;
  currentStageId: string | null;
  createdAt: Date | null;
}

/** The records behind one number, newest first. Throws `Rejection`. */
export async function funnelRecords(
  question: OpenQuestion,
  figure: FigureRef,
  page: { after?: string; limit?: number } = {},
): Promise<FigureRecords> {
  const limit = Math.min(Math.max(Math.trunc(page.limit ?? defaultRecords), 1), mostRecords);
  const parameters = new Parameters();
  const { text, condition } = figureRowsOf(question, figure, parameters);
  const after = page.after === undefined ? null : placeOf(page.after);
  const keyset = after
    ? `AND (counted_at, object_id, sequence) < (${parameters.add(after.countedAt, 'timestamptz')},
         ${parameters.add(after.objectId, 'text')}, ${parameters.add(after.sequence, 'int')})`
    : '';
  const { scope, pipeline } = question;
  const views = viewsOf(scope);
  // In the past the stage meant is the one of that moment.
  const standing = question.isPast
    ? `LEFT JOIN LATERAL (
         SELECT visit.pipeline_id, visit.stage_id FROM ${views}.stage_visit visit
          WHERE visit.bucket = object.bucket AND visit.portal_id = object.portal_id AND visit.kind = object.kind
            AND visit.object_id = object.object_id AND visit.entered_at <= ${parameters.add(question.at, 'timestamptz')}
          ORDER BY visit.sequence DESC LIMIT 1) standing ON true`
    : 'CROSS JOIN LATERAL (SELECT object.pipeline_id, object.stage_id) standing';
  const { rows } = await question.client.query<CountedRow>(
    `WITH ${text},
     page AS (
       SELECT * FROM counted_row WHERE ${condition} ${keyset}
        ORDER BY counted_at DESC, object_id DESC, sequence DESC LIMIT ${parameters.add(limit + 1, 'int')}
     )
     SELECT page.object_id AS "objectId", page.sequence, counted_at AS "countedAt", converted_at AS "convertedAt",
            seller_id AS "sellerId", page.stage_id AS "stageId", page.amount_kopecks::text AS kopecks, page.currency,
            title.parts AS title, standing.pipeline_id AS "currentPipelineId", standing.stage_id AS "currentStageId",
            object.created_at AS "createdAt"
       FROM page
       JOIN ${views}.funnel_object object
         ON object.bucket = ${parameters.add(scope.bucket, 'int')}
        AND object.portal_id = ${parameters.add(scope.portalId, 'uuid')}
        AND object.kind = ${parameters.add(pipeline.kind, 'text')} AND object.object_id = page.object_id
       LEFT JOIN ${views}.record_title title
         ON title.bucket = object.bucket AND title.portal_id = object.portal_id AND title.kind = object.kind
        AND title.object_id = object.object_id
       ${standing}
      ORDER BY counted_at DESC, page.object_id DESC, page.sequence DESC`,
    parameters.values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    asOf: question.asOf,
    records: shown.map((row) => recordOf(question, row)),
    next: rows.length > limit && last ? cursorOf(last) : null,
  };
}

const recordOf = (question: OpenQuestion, row: CountedRow): FigureRecord => ({
  kind: question.pipeline.kind,
  id: row.objectId,
  title: row.title ?? [],
  sellerId: row.sellerId,
  countedAt: row.countedAt.toISOString(),
  convertedAt: row.convertedAt?.toISOString() ?? null,
  stageId: row.stageId,
  currentPipelineId: row.currentPipelineId,
  currentStageId: row.currentStageId,
  amountKopecks: row.kopecks === null ? null : BigInt(row.kopecks),
  currency: row.currency,
  createdAt: row.createdAt?.toISOString() ?? null,
});
