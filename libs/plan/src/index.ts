export {
  type ChainStep,
  type Conversion,
  decompose,
  type PlannedFigure,
  type PlanQuestion,
  type Rounding,
} from './decomposition/decompose.js';
export { type Share, shared, type Split } from './decomposition/split-norm.js';
export { type Indicator, type Measure } from './domain/indicators.js';
export { planEvents } from './domain/plan-events.js';
export {
  type ConversionBase,
  type PlanCommand,
  type PlanContent,
  type PlanState,
  type PlanSubject,
  type PlanVersion,
  versionOn,
} from './domain/plan.js';
export { handleIndicator, handlePlan, loadPlan } from './handle-plan.js';
export { breakEvenRevenue, impliedFixedCost } from './lint/break-even.js';
export { lintPlan, type PlanCode, type PlanDraft, type PlanFinding } from './lint/lint-plan.js';
export { planReadModel } from './read-model/plan-model.js';
export { type KnownPlan, PlanReader } from './read-model/plan-reader.js';
export { planMigrations } from './schema/create-plan.js';
export { type Adequacy, adequacyOf, type SoldMonth } from './outlook/adequacy.js';
export { type LagSplit, lagSplit, type OpenDeal, type StageStay } from './outlook/lag-split.js';
