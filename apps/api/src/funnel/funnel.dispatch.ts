import { Query } from '@nestjs/cqrs';
import type { CohortQuery, ExplainQuery, FlowQuery, MonthsQuery, NowQuery, RecordsQuery } from './funnel.queries.js';
import type {
  Explanation,
  FunnelCohort,
  FunnelFlow,
  FunnelMonths,
  FunnelNow,
  FunnelTransitions,
  RecordPage,
} from './funnel.schemas.js';

/** A question about the funnel of one portal. */
abstract class FunnelQuestion<Filters, Answer> extends Query<Answer> {
  constructor(
    readonly portalId: string,
    readonly filters: Filters,
  ) {
    super();
  }
}

export class FunnelNowQuery extends FunnelQuestion<NowQuery, FunnelNow> {}
export class FunnelFlowQuery extends FunnelQuestion<FlowQuery, FunnelFlow> {}
export class FunnelCohortQuery extends FunnelQuestion<CohortQuery, FunnelCohort> {}
export class FunnelTransitionsQuery extends FunnelQuestion<FlowQuery, FunnelTransitions> {}
export class FunnelMonthsQuery extends FunnelQuestion<MonthsQuery, FunnelMonths> {}
export class FunnelRecordsQuery extends FunnelQuestion<RecordsQuery, RecordPage> {}
export class FunnelExplainQuery extends FunnelQuestion<ExplainQuery, Explanation> {}
