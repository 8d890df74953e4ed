export { type EarningLine, type Earnings, earningsOf, type LineKind, type Performance } from './earnings/earnings.js';
export { nextThreshold, type Score } from './earnings/score.js';
export { type CountedMeasure, isMeasuredBy } from './points/measured-by.js';
export { type DoneOnDay, type LedgerLine, LedgerReader } from './points/read-model/ledger-reader.js';
export { motivationReadModel } from './points/read-model/points-model.js';
export { lintScheme, type SchemeCode, type SchemeFinding } from './scheme/lint-scheme.js';
export { type MotivationScheme, schemeSchema } from './scheme/scheme.js';
export { motivationMigrations } from './schema/create-motivation.js';
