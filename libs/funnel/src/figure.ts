import type { CohortDefinition, Period } from './scope.js';

interface FigureOfPipeline {
  pipelineId: string;
  /** `user` id, `unknown`, or nothing for all. */
  sellerId?: string;
  asOf?: Date;
}

export const flowFigures = ['entries', 'visits', 'created', 'won', 'lost', 'rollbacks', 'reopened', 'left'] as const;
export type FlowFigure = (typeof flowFigures)[number];

export const cohortFigures = ['population', 'counted', 'converted', 'immature', 'censored'] as const;
export type CohortFigure = (typeof cohortFigures)[number];

/** Objects standing in a stage, or in the whole pipeline, or open ones. */
export interface NowFigureRef extends FigureOfPipeline {
  view: 'now';
  figure: 'standing' | 'open' | 'won' | 'lost';
  stageId?: string;
}

/** `stageId` is the stage entered, or for `left` the stage left. */
export interface FlowFigureRef extends FigureOfPipeline {
  view: 'flow';
  figure: FlowFigure;
  period: Period;
  stageId?: string;
}

/** One step of a cohort; a step of the chain is `reached` from the first stage to any later one. */
export interface CohortFigureRef extends FigureOfPipeline {
  view: 'cohort';
  definition: CohortDefinition;
  figure: CohortFigure;
  period: Period;
  /** Days of 24 hours; null is "to date". */
  horizonDays: number | null;
  fromStageId: string;
  toStageId: string;
}

/** Exits from a stage; `toStageId` null means "left for another pipeline", absent means any destination. */
export interface TransitionFigureRef extends FigureOfPipeline {
  view: 'transitions';
  figure: 'exits';
  period: Period;
  fromStageId: string;
  toStageId?: string | null;
}

/** Objects that left every figure; their pipeline is that of their last move. */
export interface GoneFigureRef extends FigureOfPipeline {
  view: 'gone';
  figure: 'deleted' | 'merged';
}

/** Names one number of the funnel: enough to compute it, to list its records and to explain it. */
export type FigureRef = NowFigureRef | FlowFigureRef | CohortFigureRef | TransitionFigureRef | GoneFigureRef;
