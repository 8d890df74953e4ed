export { type EarningLine, type Earnings, earningsOf, type LineKind, type Performance } from './earnings/earnings.js';
export { nextThreshold, type Score } from './earnings/score.js';
export { motivationEvents } from './domain/scheme-events.js';
export {
  type SchemeCommand,
  type SchemeContent,
  type SchemeState,
  type SchemeVersion,
  versionFor,
} from './domain/scheme.js';
export { handleScheme, loadScheme } from './handle-scheme.js';
export { type PayContext, performanceOf } from './pay/performance.js';
export { adjustmentOf, type AdjustmentLine, type Payslip, type PayslipBasis, payslipOf } from './pay/payslip.js';
export { type KnownScheme, SchemeReader } from './schemes-read-model/scheme-reader.js';
export { type CountedMeasure, isMeasuredBy } from './points/measured-by.js';
export { type DoneOnDay, type LedgerLine, LedgerReader } from './points/read-model/ledger-reader.js';
export { motivationReadModel } from './points/read-model/points-model.js';
export { lintScheme, type SchemeCode, type SchemeFinding } from './scheme/lint-scheme.js';
export { type MotivationScheme, schemeSchema } from './scheme/scheme.js';
export { motivationMigrations } from './schema/create-motivation.js';
