export type { BacktestFigures } from './backtest/backtest-figures.js';
export { type Backtest, Backtests } from './backtest/backtest-store.js';
export { workOffBacktest } from './backtest/work-off-backtests.js';
export {
  type CaseAnswer,
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
export { cleanWeekMessageId, cleanWeeksToOffer } from './clean-weeks/clean-weeks-to-offer.js';
export { learnLimits, LimitReader } from './learning/learn-limits.js';
export { noteCleanWeeks } from './clean-weeks/note-clean-weeks.js';
export { type PositiveNotes, usualPositiveNotes } from './clean-weeks/positive-notes.js';
export { CoachingBook, type CoachingRow } from './coaching/coaching-book.js';
export { findRepeats } from './coaching/find-repeats.js';
export { curationEvents } from './curation-events.js';
export { decidedSettings, decideDiscipline } from './cases/decide-discipline.js';
export type { DisciplineEvent, RuleStatus } from './cases/discipline-events.js';
export type { DisciplineSettings, RuleSetting, Silence } from './cases/discipline-state.js';
export { answerCase, type Draw, type HandledCase, handleCase, loadCase, noteOnCase } from './cases/handle-case.js';
export { type KeptFact, keptFactOf } from './facts/kept-fact.js';
export { type JudgedPortal, type JudgeOptions, judgePortal, type JudgeStep } from './judge/judge-portal.js';
export { unmetNeed } from './judge/portal-rules.js';
export { runJudge, type RunJudgeOptions } from './judge/run-judge.js';
export { type PortalHours, workingTimeOf } from './judge/portal-time.js';
export { basePack } from './packs/base/base-pack.js';
export { starterRules } from './packs/base/definitions.js';
export { decideDraft, decideDraftDropped, decideInForce, decideRemoval } from './own-rules/own-rule.js';
export { type InheritedPack, inheritPack } from './packs/inherit.js';
export { type PackDiff, packDiff, rulesToTry } from './packs/pack-diff.js';
export { decideLayer, decideLayerRemoved } from './packs/decide-layer.js';
export { packOfPortal } from './packs/pack-of-portal.js';
export type { PackLayer } from './packs/layer.js';
export { fitting, packBelow, type PortalRule, rulesOfPortal } from './packs/rules-of-portal.js';
export { faultOfScope, fittingScope, type RuleScope, scopeSchema } from './rules/rule-scope.js';
export type { Pack } from './packs/pack.js';
export { Desk, type SavedView, type Template } from './queue/desk.js';
export { positionsAround } from './queue/surroundings.js';
export { type Lane, lanes, personOfCase } from './queue/lanes.js';
export { ORDER_CHARACTERS } from './queue/group-order.js';
export type { QueueFilter, QueuePortal } from './queue/queue-filter.js';
export { type QueueLoad, queueLoads } from './queue/queue-load.js';
export { type CaseCard, QueueReader, type QueueRow, type QueueSummary } from './queue/queue-reader.js';
export { curationReadModel } from './rule-facts/curation-model.js';
export { type CompiledRule, compileRule, type RuleFault, RuleInvalid } from './rules/compile-rule.js';
export { ruleSchema } from './rules/rule.js';
export type { ParameterValues, Rule, RuleDraft, Severity, SubjectKind } from './rules/rule.js';
export { curationMigrations } from './schema/create-curation.js';
export { RecordStory } from './stories/record-story.js';
export { keepNoiseBudget } from './tending/noise-budget.js';
export { wakeSnoozed } from './tending/wake-snoozed.js';
export { Pipelines } from './world/pipelines.js';
export { type ConfirmedWork, leastChecks, qualityOf, severityWeights } from './discipline/employee-quality.js';
export {
  type DisciplinePeriod,
  DisciplineReader,
  rateOf,
  type RepeatRate,
  type SlaShare,
  type StageYield,
  type ViolationRate,
} from './discipline/discipline-reader.js';
export { agreementFigures, type AgreementFigure, type DoubleReview } from './quality/agreement/agreement-figures.js';
export { AuditBook, type AuditRow } from './quality/audits/audit-book.js';
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
