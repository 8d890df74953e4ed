export type { BacktestFigures } from './backtest/backtest-figures.js';
export { type Backtest, Backtests } from './backtest/backtest-store.js';
export { workOffBacktest } from './backtest/work-off-backtests.js';
export {
  type CaseEvent,
  caseEvents,
  type CaseItem,
  type CaseOpenedData,
  caseStream,
  type FeedbackChannel,
  type SnoozeUntil,
  type Verdict,
  verdicts,
} from './cases/case-events.js';
export type { CaseState, CaseStatus } from './cases/case-state.js';
export type { CaseCommand, Reviewer } from './cases/decide-case.js';
export { decideDiscipline } from './cases/decide-discipline.js';
export { type DisciplineEvent, disciplineEvents, type RuleStatus } from './cases/discipline-events.js';
export type { DisciplineSettings, RuleSetting, Silence } from './cases/discipline-state.js';
export { answerCase, type HandledCase, handleCase, loadCase, noteOnCase } from './cases/handle-case.js';
export { type JudgedPortal, type JudgeOptions, judgePortal, type JudgeStep } from './judge/judge-portal.js';
export { unmetNeed } from './judge/portal-rules.js';
export { runJudge, type RunJudgeOptions } from './judge/run-judge.js';
export { basePack } from './packs/base/base-pack.js';
export { starterRules } from './packs/base/definitions.js';
export type { Pack } from './packs/pack.js';
export { Desk, type SavedView, type Template } from './queue/desk.js';
export { positionsAround } from './queue/surroundings.js';
export { type Lane, lanes } from './queue/lanes.js';
export {
  type CaseCard,
  type QueueFilter,
  type QueuePortal,
  QueueReader,
  type QueueRow,
  type QueueSummary,
} from './queue/queue-reader.js';
export { curationReadModel } from './rule-facts/curation-model.js';
export { compileRule, type RuleFault, RuleInvalid } from './rules/compile-rule.js';
export { ruleSchema } from './rules/rule.js';
export type { ParameterValues, Rule, RuleDraft, Severity, SubjectKind } from './rules/rule.js';
export { curationMigrations } from './schema/create-curation.js';
export { keepNoiseBudget } from './tending/noise-budget.js';
export { wakeSnoozed } from './tending/wake-snoozed.js';
export {
  type DisciplinePeriod,
  DisciplineReader,
  rateOf,
  type RepeatRate,
  type SlaShare,
  type StageYield,
  type ViolationRate,
} from './discipline/discipline-reader.js';
