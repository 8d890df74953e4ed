/** One figure of a plan: of the team or of a seller. Counts; `due`, `runRate` and `chance` are estimates. */
export interface PaceRow {
  planId: string;
  planName: string;
  /** In the chain of the plan, 0 first, sales last. */
  place: number;
  /** Empty for the team. */
  userId: string;
  /** Empty for sales. */
  indicatorId: string;
  indicatorRu: string;
  indicatorEn: string;
  /** Whole numbers as text, as `toGo` is. */
  norm: string;
  done: number;
  today: number;
  due: number;
  toGo: string;
  perDay: number | null;
  runRate: number | null;
  chance: number | null;
}

/** What was sold of a target; whole kopecks as text. */
export interface PlanMoneyRow {
  planId: string;
  planName: string;
  pipelineId: string | null;
  teamId: string;
  /** Empty for the team. */
  userId: string;
  soldKopecks: string;
  targetKopecks: string;
  currency: string;
  elapsed: number;
  workingDays: number;
  daysLeft: number;
}

/** A figure of a plan at the end of a day of its month. */
export interface PaceDayRow {
  planId: string;
  place: number;
  /** `YYYY-MM-DD`. */
  day: string;
  due: number;
  done: number | null;
  dueKopecks: string | null;
  soldKopecks: string | null;
}

/** Points of somebody; points as decimal text, bounds as shares of the target. */
export interface ScoreRow {
  userId: string;
  schemeId: string;
  version: number;
  points: string;
  target: string;
  ratio: number;
  reached: number | null;
  nextThreshold: number | null;
  pointsMissing: string | null;
}

export interface ScoreIndicatorRow {
  userId: string;
  indicatorId: string;
  indicatorRu: string;
  indicatorEn: string;
  actions: number;
  credited: number;
  points: string;
}

export interface ScoreThresholdRow {
  schemeId: string;
  version: number;
  fromRatio: number;
}

/** How far second verdicts agree with the first, from a day to the one after the last. */
export interface AgreementRow {
  /** Empty for all rules. */
  ruleId: string;
  fromDay: string;
  toDay: string;
  n: number;
  /** Null for too few, as the following are. */
  alike: number | null;
  observed: number | null;
  kappa: number | null;
  pabak: number | null;
}

/** Everything that is published of a month. */
export interface MonthFigures {
  pace: readonly PaceRow[];
  planMoney: readonly PlanMoneyRow[];
  paceDays: readonly PaceDayRow[];
  scores: readonly ScoreRow[];
  scoreIndicators: readonly ScoreIndicatorRow[];
  scoreThresholds: readonly ScoreThresholdRow[];
  agreement: readonly AgreementRow[];
}
