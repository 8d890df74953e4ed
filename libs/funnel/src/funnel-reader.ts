import type {
  Annotation,
  Explanation,
  FigureRecords,
  FunnelCohort,
  FunnelFlow,
  FunnelMonths,
  FunnelNow,
  FunnelTransitions,
  PipelineView,
  RecordView,
  SellerView,
} from './answers.js';
import type { FigureRef } from './figure.js';
import type { CohortDefinition, FunnelScope, Period } from './scope.js';

export interface NowQuestion {
  pipelineId: string;
  sellerId?: string;
  /** Default: now, and never before the last known move (the portal's clock may be ahead of ours). */
  asOf?: Date;
}
export interface FlowQuestion extends NowQuestion {
  period: Period;
}
export interface CohortQuestion extends FlowQuestion {
  definition: CohortDefinition;
  /** Days of 24 hours; null is "to date". */
  horizonDays: number | null;
}
export interface MonthsQuestion extends NowQuestion {
  /** `YYYY-MM`, the last one excluded; at most 120 months. */
  fromMonth: string;
  toMonth: string;
}

/**
 * Every figure of the funnel as docs/funnel-definitions.md defines it, read from `read.*` only and always inside one
 * portal. Throws `Rejection`: FUNNEL_PIPELINE_UNKNOWN, FUNNEL_STAGE_UNKNOWN, FUNNEL_RECORD_UNKNOWN, FUNNEL_RECORD_NOT_YET,
 * FUNNEL_PERIOD_INVALID, FUNNEL_HORIZON_INVALID, FUNNEL_CURSOR_INVALID.
 */
export interface FunnelReader {
  pipelines(scope: FunnelScope, question?: { asOf?: Date }): Promise<PipelineView[]>;
  sellers(scope: FunnelScope): Promise<SellerView[]>;
  /** Changes of the configuration and of stage meanings, newest first. */
  annotations(
    scope: FunnelScope,
    question?: { pipelineId?: string; period?: Period; limit?: number },
  ): Promise<Annotation[]>;

  now(scope: FunnelScope, question: NowQuestion): Promise<FunnelNow>;
  flow(scope: FunnelScope, question: FlowQuestion): Promise<FunnelFlow>;
  cohort(scope: FunnelScope, question: CohortQuestion): Promise<FunnelCohort>;
  transitions(scope: FunnelScope, question: FlowQuestion): Promise<FunnelTransitions>;
  months(scope: FunnelScope, question: MonthsQuestion): Promise<FunnelMonths>;

  /** The records behind one number, newest first; `limit` 1 to 200, default 50. */
  records(scope: FunnelScope, figure: FigureRef, page?: { after?: string; limit?: number }): Promise<FigureRecords>;
  /** One number with its definition, inputs and sample facts. */
  explain(scope: FunnelScope, figure: FigureRef): Promise<Explanation>;
  record(scope: FunnelScope, kind: string, id: string, question?: { asOf?: Date }): Promise<RecordView>;
}
