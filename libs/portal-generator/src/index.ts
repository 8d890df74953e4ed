export type { PortalDoer, PortalEntity, PortalFields, PortalOperation } from './script.js';
export {
  type CompanyParameters,
  type ConfigurationChange,
  type DepartmentParameters,
  type FirstMonthParameters,
  type ImportParameters,
  type PersonParameters,
  pipelineIdOf,
  type PipelineParameters,
  type QuirkRates,
  type Semantics,
  type StageParameters,
} from './parameters/company-parameters.js';
export { DEFAULT_ZONE, defaultCompany } from './parameters/default-company.js';
export { largeCompany } from './parameters/large-company.js';
export { randomCompany } from './parameters/random-company.js';
export { tinyCompany, type TinyCompanyOptions } from './parameters/tiny-company.js';
export { type NearMiss, type PlantedBreach, STARTER_RULES } from './breaches/planted-breach.js';
export { generate, type GeneratedCompany } from './generate.js';
export { isValidInn } from './texts/identifiers.js';
export { scriptUntil } from './script-until.js';
export {
  type ChainTruth,
  COHORT_DEFINITIONS,
  type CohortCell,
  type CohortDefinition,
  type FlowTruth,
  type PipelineTruth,
  type SellerTruth,
  type StageTruth,
  type StandingTruth,
  type Truth,
} from './truth/truth.js';
export { TruthKeeper, truthOf, type TruthQuestion } from './truth/truth-keeper.js';
export { writeTruth } from './truth/write-truth.js';
export { ACCOUNTED_RULES, type AccountOptions, breachesOf } from './discipline/account.js';
export type { Breach } from './discipline/breach.js';
export type { Facts } from './discipline/facts/facts.js';
export { historyFacts, historyFactsOf } from './discipline/facts/history-facts.js';
export { liveFacts, liveFactsOf, type LiveFactsOptions } from './discipline/facts/live-facts.js';
export { disciplineSettings } from './discipline/settings/discipline-settings.js';
export type { DisciplineSettings, RuleParameters } from './discipline/settings/rule-parameters.js';
export { RUSSIAN_SPECIAL_DAYS, type SpecialDays } from './discipline/special-days.js';
