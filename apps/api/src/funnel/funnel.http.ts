import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/needs.decorator.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import {
  FunnelCohortQuery,
  FunnelExplainQuery,
  FunnelFlowQuery,
  FunnelMonthsQuery,
  FunnelNowQuery,
  FunnelRecordsQuery,
  FunnelTransitionsQuery,
} from './funnel.dispatch.js';
import {
  type CohortQuery,
  cohortQuery,
  type ExplainQuery,
  explainQuery,
  type FlowQuery,
  flowQuery,
  type MonthsQuery,
  monthsQuery,
  type NowQuery,
  nowQuery,
  type RecordsQuery,
  recordsQuery,
} from './funnel.queries.js';
import {
  explanationSchema,
  funnelCohortSchema,
  funnelFlowSchema,
  funnelMonthsSchema,
  funnelNowSchema,
  funnelTransitionsSchema,
  recordPageSchema,
} from './funnel.schemas.js';

type Portal = { portalId: string };

@ApiTags('Funnel')
@ApiProblems()
@Needs('figures.read')
@Controller('api/v1/portals/:portalId/funnel')
export class FunnelController {
  constructor(private readonly queries: QueryBus) {}

  @Get('now')
  @ApiOperation({ operationId: 'funnelNow', summary: 'Where the objects stand, by stage and seller' })
  @ApiOkResponse({ standardSchema: funnelNowSchema })
  now(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: nowQuery }) query: NowQuery) {
    return this.queries.execute(new FunnelNowQuery(portalId, query));
  }

  @Get('flow')
  @ApiOperation({ operationId: 'funnelFlow', summary: 'What happened in a period' })
  @ApiOkResponse({ standardSchema: funnelFlowSchema })
  flow(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: flowQuery }) query: FlowQuery) {
    return this.queries.execute(new FunnelFlowQuery(portalId, query));
  }

  @Get('cohort')
  @ApiOperation({ operationId: 'funnelCohort', summary: 'How far the objects that entered in a window came' })
  @ApiOkResponse({ standardSchema: funnelCohortSchema })
  cohort(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: cohortQuery }) query: CohortQuery) {
    return this.queries.execute(new FunnelCohortQuery(portalId, query));
  }

  @Get('transitions')
  @ApiOperation({ operationId: 'funnelTransitions', summary: 'Where exits from each stage in a window went' })
  @ApiOkResponse({ standardSchema: funnelTransitionsSchema })
  transitions(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: flowQuery }) query: FlowQuery) {
    return this.queries.execute(new FunnelTransitionsQuery(portalId, query));
  }

  @Get('months')
  @ApiOperation({ operationId: 'funnelMonths', summary: 'Stage × seller × month' })
  @ApiOkResponse({ standardSchema: funnelMonthsSchema })
  months(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: monthsQuery }) query: MonthsQuery) {
    return this.queries.execute(new FunnelMonthsQuery(portalId, query));
  }

  @Get('records')
  @ApiOperation({ operationId: 'funnelRecords', summary: 'The records behind any number of the funnel' })
  @ApiOkResponse({ standardSchema: recordPageSchema })
  records(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: recordsQuery }) query: RecordsQuery) {
    return this.queries.execute(new FunnelRecordsQuery(portalId, query));
  }

  @Get('explain')
  @ApiOperation({ operationId: 'explainFigure', summary: 'Definition, inputs and events of any number of the funnel' })
  @ApiOkResponse({ standardSchema: explanationSchema })
  explain(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: explainQuery }) query: ExplainQuery) {
    return this.queries.execute(new FunnelExplainQuery(portalId, query));
  }
}
