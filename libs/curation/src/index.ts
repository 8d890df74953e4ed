export type { BacktestFigures } from './backtest/backtest-figures.js';
export { type Backtest, Backtests } from './backtest/backtest-store.js';
export { workOffBacktest } from './backtest/work-off-backtests.js';
export {
  type CaseEvent,
  type CaseItem,
  type CaseOpenedData,
  caseStream,
  type FeedbackChannel,
  type Judgement,
  type SnoozeUntil,
  type Verdict,
  verdicts,
} from './cases/case-events.js';
export type { CaseState, CaseStatus, SecondReview } from './cases/case-state.js';
export type { CaseCommand } from './cases/decide-case.js';
export type { Reviewer } from './cases/reviewer.js';
export { curationEvents } from './curation-events.js';
export { decideDiscipline } from './cases/decide-discipline.js';
export type { DisciplineEvent, RuleStatus } from './cases/discipline-events.js';
export type { DisciplineSettings, RuleSetting, Silence } from './cases/discipline-state.js';
export { answerCase, type Draw, type HandledCase, handleCase, loadCase, noteOnCase } from './cases/handle-case.js';
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
export { agreementFigures, type AgreementFigure } from './quality/agreement/agreement-figures.js';
export { AuditBook, type AuditRow, failedAudits } from './quality/audits/audit-book.js';
export { auditStream } from './quality/audits/audit-events.js';
export { auditedKinds, type Checklist } from './quality/audits/checklist.js';
export { drawAudits } from './quality/audits/draw-audits.js';
export {
  calibrationOf,
  type CalibrationState,
  casesAhead,
  isInTraining,
  runUnderWay,
} from './quality/calibration/calibration.js';
export { CalibrationRoom } from './quality/calibration/calibration-room.js';
export { drawKeyOf, lotOf } from './quality/draw.js';
export { ReportingLines } from './quality/duties/reporting-lines.js';
export { QualityReader } from './quality/quality-reader.js';
export { curatorScore, type CuratorScore, type CuratorWork } from './quality/score/curator-score.js';
export { blindCard, blindRow } from './quality/second-review/blind-card.js';
export { awaitsReviewBy } from './quality/second-review/second-review.js';
export { handleQuality } from './quality/settings/handle-quality.js';
export { goldReasons, type QualitySettings } from './quality/settings/quality-events.js';
export {
  checklistOf,
  decideChecklist,
  decideGold,
  decideGoldRemoval,
  decideSettings,
  type QualityState,
} from './quality/settings/quality-state.js';
