import {
  type CohortFigureRef,
  dayPeriod,
  type FigureRef,
  type FlowFigureRef,
  type FunnelScope,
  type GoneFigureRef,
  monthPeriod,
  type NowFigureRef,
  type NowQuestion,
  type Period,
} from '@funnelwatch/funnel';
import { type CohortQuery, type ExplainQuery, leftThePipeline, type NowQuery } from './funnel.queries.js';

/** From what was asked over HTTP to the question the funnel library answers. */

export function whereAsked(query: NowQuery): NowQuestion {
  return {
    pipelineId: query.pipeline,
    ...(query.seller !== 'all' && { sellerId: query.seller }),
    ...(query.asOf !== undefined && { asOf: new Date(query.asOf) }),
  };
}

export interface PeriodAsked {
  from?: string | undefined;
  to?: string | undefined;
  month?: string | undefined;
}

/** Days or a month of the portal's zone as instants. The schema has seen to it that one of the two is there. */
export function periodAsked(scope: FunnelScope, query: PeriodAsked): Period {
  if (query.month !== undefined) return monthPeriod(scope.zone, query.month);
  return dayPeriod(scope.zone, query.from ?? '', query.to ?? '');
}

export function horizonAsked(query: Pick<CohortQuery, 'horizonDays'>): number | null {
  return query.horizonDays === 'none' ? null : query.horizonDays;
}

/** The figure a query names. The schema has seen to it that the view has the figure and its stages are given. */
export function figureAsked(scope: FunnelScope, query: ExplainQuery): FigureRef {
  const where = whereAsked(query);
  const stage = query.stage === undefined ? {} : { stageId: query.stage };
  switch (query.view) {
    case 'now':
      return { ...where, view: 'now', figure: query.figure as NowFigureRef['figure'], ...stage };
    case 'gone':
      return { ...where, view: 'gone', figure: query.figure as GoneFigureRef['figure'] };
    case 'flow':
      return {
        ...where,
        view: 'flow',
        figure: query.figure as FlowFigureRef['figure'],
        period: periodAsked(scope, query),
        ...stage,
      };
    case 'cohort':
      return {
        ...where,
        view: 'cohort',
        figure: query.figure as CohortFigureRef['figure'],
        definition: query.definition,
        horizonDays: horizonAsked(query),
        period: periodAsked(scope, query),
        fromStageId: query.stage ?? '',
        toStageId: query.toStage ?? '',
      };
    case 'transitions':
      return {
        ...where,
        view: 'transitions',
        figure: 'exits',
        period: periodAsked(scope, query),
        fromStageId: query.stage ?? '',
        ...(query.toStage !== undefined && { toStageId: query.toStage === leftThePipeline ? null : query.toStage }),
      };
  }
}
