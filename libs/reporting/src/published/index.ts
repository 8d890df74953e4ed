export type {
  AgreementRow,
  MonthFigures,
  PaceDayRow,
  PaceRow,
  PlanMoneyRow,
  ScoreIndicatorRow,
  ScoreRow,
  ScoreThresholdRow,
} from './figures.js';
export { PublishedFigures, type PublishedRun } from './published-figures.js';
export type { PublishedPortal } from './write-month.js';
