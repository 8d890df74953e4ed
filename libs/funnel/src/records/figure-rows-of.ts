import { Rejection } from '@funnelwatch/kernel';
import { assertWindow } from '../cohort/cohort.js';
import { cohortRows, type RankStep } from '../cohort/cohort-rows.js';
import type { CohortFigureRef, FigureRef } from '../figure.js';
import { flowConditions, flowRows } from '../flow/flow-rows.js';
import { goneConditions, goneRows } from '../gone/gone.js';
import { nowConditions, nowRows } from '../now/now-rows.js';
import { stageOf } from '../read/pipeline-views.js';
import { assertPeriod, type OpenQuestion } from '../read/question.js';
import type { Parameters } from '../read/parameters.js';
import { transitionRows } from '../transitions/transition-rows.js';

/** The rows of one figure: the view's own text and the conditions under which a row counts. */
export interface ConditionedRows {
  text: string;
  condition: string;
}

/** Throws `Rejection` FUNNEL_STAGE_UNKNOWN, FUNNEL_STEP_INVALID, FUNNEL_PERIOD_INVALID, FUNNEL_HORIZON_INVALID. */
export function figureRowsOf(question: OpenQuestion, figure: FigureRef, parameters: Parameters): ConditionedRows {
  const inStage = (column: string, stageId: string | undefined) =>
    stageId === undefined ? [] : [`${column} = ${parameters.add(stageOf(question.pipeline, stageId).stageId, 'text')}`];
  switch (figure.view) {
    case 'now': {
      const { text } = nowRows(question, parameters);
      return conditioned(text, nowConditions[figure.figure], inStage('stage_id', figure.stageId));
    }
    case 'flow': {
      assertPeriod(figure.period);
      const { text } = flowRows(question, figure.period, parameters);
      return conditioned(text, flowConditions[figure.figure], inStage('stage_id', figure.stageId));
    }
    case 'cohort': {
      assertWindow(figure);
      const { text, conditions } = cohortRows(question, figure, stepOfFigure(question, figure), parameters);
      return conditioned(text, conditions[figure.figure], []);
    }
    case 'transitions': {
      assertPeriod(figure.period);
      const { text } = transitionRows(question, figure.period, parameters);
      const to = figure.toStageId === null ? ['to_stage_id IS NULL'] : inStage('to_stage_id', figure.toStageId);
      return conditioned(text, 'true', [...inStage('stage_id', figure.fromStageId), ...to]);
    }
    case 'gone':
      return conditioned(goneRows(question, parameters).text, goneConditions[figure.figure], []);
  }
}

const conditioned = (text: string, condition: string, more: string[]): ConditionedRows => ({
  text,
  condition: [condition, ...more].map((part) => `(${part})`).join(' AND '),
});

/** Ranks of a cohort's step. Throws `Rejection` FUNNEL_STAGE_UNKNOWN, FUNNEL_STEP_INVALID. */
export function stepOfFigure(question: OpenQuestion, figure: CohortFigureRef): RankStep {
  const from = stageOf(question.pipeline, figure.fromStageId).rank;
  const to = stageOf(question.pipeline, figure.toStageId).rank;
  // From the first stage to itself is the chain's population.
  if (from === null || to === null || from > to || (from === to && figure.definition !== 'reached')) {
    throw new Rejection('FUNNEL_STEP_INVALID', 'A step leads from a stage in process to a later one or to the win.');
  }
  return { definition: figure.definition, from, to };
}
