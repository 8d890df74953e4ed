export type * from './answers.js';
export type {
  CohortFigure,
  CohortFigureRef,
  FigureRef,
  FlowFigure,
  FlowFigureRef,
  GoneFigureRef,
  NowFigureRef,
  TransitionFigureRef,
} from './figure.js';
export { cohortFigures, flowFigures } from './figure.js';
export type { CohortQuestion, FlowQuestion, FunnelReader, MonthsQuestion, NowQuestion } from './funnel-reader.js';
export {
  type Amounts,
  type AsOf,
  type CohortDefinition,
  cohortDefinitions,
  type FunnelScope,
  type Period,
  unknownSeller,
} from './scope.js';
export { dayPeriod, monthPeriod, monthsOf } from './periods/period.js';
