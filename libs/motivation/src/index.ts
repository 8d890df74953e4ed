export { type EarningLine, type Earnings, earningsOf, type LineKind, type Performance } from './earnings/earnings.js';
export { commissionOf, nextTier } from './earnings/commission.js';
export { type NextThreshold, nextThreshold, reachedThreshold, type Score } from './earnings/score.js';
export { motivationEvents } from './domain/motivation-events.js';
export {
  type SchemeCommand,
  type SchemeContent,
  type SchemeState,
  type SchemeVersion,
  versionFor,
} from './domain/scheme.js';
export { handleScheme, loadScheme } from './handle-scheme.js';
export { type PayContext, performanceOf } from './pay/performance.js';
export {
  adjustmentOf,
  type AdjustmentLine,
  type Correction,
  earnedIn,
  type MonthAdjustment,
  type PayInputs,
  type Payslip,
  type PayslipContent,
  payslipOf,
  readPayslip,
} from './pay/payslip.js';
export { type PaidMonth, type Paying, settle, type Settlement } from './pay/settle.js';
export { type ClosedMonth, type IssuedPayslip, type KnownDispute, PayReader } from './pay/read-model/pay-reader.js';
export { type ClosingRefusal, closedThrough, payslipStream } from './domain/pay-period.js';
export {
  type DisputedLine,
  type DisputeOutcome,
  type PayDisputeCommand,
  payDisputeStream,
} from './domain/pay-dispute.js';
export { type SaleShare } from './domain/sale-share.js';
export { closePayPeriod, type Closing, handlePayDispute, handleSaleShare, loadPayPeriods } from './handle-pay.js';
export { type KnownScheme, SchemeReader } from './schemes-read-model/scheme-reader.js';
export { type CountedMeasure, isMeasuredBy } from './points/measured-by.js';
export { type DoneOnDay, type LedgerLine, LedgerReader } from './points/read-model/ledger-reader.js';
export { motivationReadModel } from './points/read-model/points-model.js';
export {
  type RecordedMonth,
  SchemeSimulation,
  type Sensitivity,
  type SimulatedMonth,
  type Simulation,
  type ThresholdCrowd,
} from './simulation/simulate.js';
export { lintScheme, type SchemeCode, type SchemeFinding } from './scheme/lint-scheme.js';
export { type MotivationScheme, schemeSchema } from './scheme/scheme.js';
export { motivationMigrations } from './schema/create-motivation.js';
