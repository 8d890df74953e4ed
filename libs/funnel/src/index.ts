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
  type AsAt,
  type AsOf,
  type CohortDefinition,
  cohortDefinitions,
  type FunnelScope,
  type Period,
  unknownSeller,
} from './scope.js';
export { dayPeriod, monthPeriod, monthsOf } from './periods/period.js';
export {
  type MapStageMeaning,
  type StageMeaning,
  type StageMeaningEvent,
  stageMeanings,
  stageMeaningStream,
} from './domain/stage-meaning.js';
export { funnelEvents } from './domain/funnel-events.js';
export { titleText } from './domain/sealed-title.js';
export { mapStageMeaning } from './map-stage-meaning/map-stage-meaning.js';
export { PostgresFunnelReader } from './postgres-funnel-reader.js';
export {
  type FunnelProjection,
  funnelProjection,
  type FunnelProjectionOptions,
  funnelReadModel,
  funnelVersion,
  type SealedTexts,
} from './projection/funnel-projection.js';
export { forgetPeople, removeSamplesOfNames, tablesWithNames } from './projection/forget-people.js';
export { funnelMigrations } from './schema/migrations.js';
export { recordUnknown } from './record/record.js';
