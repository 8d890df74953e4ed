export type { SqlAlert } from './alerts/sql-alert.js';
export { AuthoringError } from './authoring/authoring-error.js';
export type { DefinedDashboard } from './authoring/dashboard.js';
export { type Language, languages } from './authoring/language.js';
export { catalogueOf } from './catalogue.js';
export { type DashboardFacts, factsOf } from './lint/dashboard-facts.js';
export type { Finding, LintContext, MetricType, PromqlReading, PromqlSelector } from './lint/finding.js';
export { KNOWN_UNITS } from './lint/known-units.js';
export { lintAlerts, lintDashboard, ruleIds } from './lint/lint-dashboard.js';
export { type Client, parseClients, parseSettings, type Settings } from './provisioning/clients.js';
export { type Catalogue, generateFiles } from './provisioning/files.js';
export { type AlertFile, type AlertGroup, type AlertQuery, type AlertRule, EXPRESSION_UID } from './sql/alert-file.js';
export { expandMacros, type MacroContext } from './sql/expand-macros.js';
export { interpolate, type Selection, type Selections, variablesOf } from './sql/interpolate.js';
export {
  panelsOf,
  type PlacedQuery,
  queriesOfAlerts,
  queriesOfDashboard,
  type QueryFormat,
  type QueryKind,
} from './sql/queries-of.js';
