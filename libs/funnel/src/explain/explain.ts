import type { CohortStep, Explanation } from '../answers.js';
import { stepOf } from '../cohort/cohort.js';
import { cohortRows } from '../cohort/cohort-rows.js';
import { type CohortFigure, cohortFigures, type FigureRef } from '../figure.js';
import { funnelVersion } from '../projection/funnel-projection.js';
import type { OpenQuestion } from '../read/question.js';
import { Parameters } from '../read/parameters.js';
import { figureRowsOf, stepOfFigure } from '../records/figure-rows-of.js';
import { definitionOf } from './definitions.js';
import { viewsOf } from '../scope.js';

const sampleSize = 5;

/** One number with its definition, its inputs and the facts behind its first records. Throws `Rejection`. */
export async function explainFigure(question: OpenQuestion, figure: FigureRef): Promise<Explanation> {
  return {
    asOf: question.asOf,
    ...definitionOf(figure),
    version: funnelVersion,
    pipeline: question.pipeline,
    inputs: inputsOf(question, figure),
    value: await valueOf(question, figure),
    rate: figure.view === 'cohort' ? await rateOfStep(question, figure) : null,
    sample: await sampleOf(question, figure),
  };
}

async function valueOf(question: OpenQuestion, figure: FigureRef): Promise<number> {
  const parameters = new Parameters();
  const { text, condition } = figureRowsOf(question, figure, parameters);
  const { rows } = await question.client.query<{ count: number }>(
    `WITH ${text} SELECT count(*) AS count FROM counted_row WHERE ${condition}`,
    parameters.values,
  );
  return rows[0]?.count ?? 0;
}

async function rateOfStep(question: OpenQuestion, figure: Extract<FigureRef, { view: 'cohort' }>): Promise<CohortStep> {
  const parameters = new Parameters();
  const { text, conditions } = cohortRows(question, figure, stepOfFigure(question, figure), parameters);
  const counts = cohortFigures.map((part) => `count(*) FILTER (WHERE ${conditions[part]}) AS "${part}"`);
  const { rows } = await question.client.query<Record<CohortFigure, number>>(
    `WITH ${text} SELECT ${counts.join(', ')} FROM counted_row`,
    parameters.values,
  );
  return stepOf(figure.fromStageId, figure.toStageId, (part) => rows[0]?.[part] ?? 0);
}

/** The move behind a row: the one that began the counted visit, ended it, or started the cohort. */
async function sampleOf(question: OpenQuestion, figure: FigureRef): Promise<Explanation['sample']> {
  const parameters = new Parameters();
  const { text, condition } = figureRowsOf(question, figure, parameters);
  const { scope, pipeline } = question;
  const { rows } = await question.client.query<{ id: string; eventId: string | null; at: Date }>(
    `WITH ${text},
     page AS (
       SELECT * FROM counted_row WHERE ${condition}
        ORDER BY counted_at DESC, object_id DESC, sequence DESC LIMIT ${sampleSize}
     )
     SELECT page.object_id AS id, counted_at AS at, fact.event_id AS "eventId"
       FROM page
       LEFT JOIN LATERAL (
         SELECT event_id FROM ${viewsOf(scope)}.stage_visit visit
          WHERE visit.bucket = ${parameters.add(scope.bucket, 'int')}
            AND visit.portal_id = ${parameters.add(scope.portalId, 'uuid')}
            AND visit.kind = ${parameters.add(pipeline.kind, 'text')} AND visit.object_id = page.object_id
            AND CASE WHEN page.event_sequence IS NULL THEN visit.entered_at = page.counted_at
                     ELSE visit.sequence = page.event_sequence END
          ORDER BY visit.sequence LIMIT 1) fact ON true
      ORDER BY counted_at DESC, page.object_id DESC, page.sequence DESC`,
    parameters.values,
  );
  return rows.map(({ id, eventId, at }) => ({ kind: pipeline.kind, id, eventId, at: at.toISOString() }));
}

function inputsOf(question: OpenQuestion, figure: FigureRef): Explanation['inputs'] {
  const inputs: Explanation['inputs'] = {
    view: figure.view,
    figure: figure.figure,
    pipelineId: question.pipeline.pipelineId,
    sellerId: question.sellerId ?? 'all',
    at: question.asOf.at,
    zone: question.scope.zone,
    currency: question.currency,
  };
  if ('period' in figure) {
    inputs['from'] = figure.period.from.toISOString();
    inputs['to'] = figure.period.to.toISOString();
  }
  if ('stageId' in figure) inputs['stageId'] = figure.stageId ?? null;
  if ('fromStageId' in figure) {
    inputs['fromStageId'] = figure.fromStageId;
    inputs['toStageId'] = figure.toStageId ?? null;
  }
  if (figure.view === 'cohort') {
    inputs['definition'] = figure.definition;
    inputs['horizonDays'] = figure.horizonDays;
  }
  return inputs;
}
