import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { captureListSchema, captureQuery } from './capture.schemas.js';
import {
  ListCaptureQuery,
  ListQuarantineQuery,
  ListRebuildsQuery,
  ListSignalsQuery,
  RetryQuarantinedCommand,
  ShowLagQuery,
  SummariseOperationsQuery,
} from './operations.dispatch.js';
import {
  lagListSchema,
  type LagQuery,
  lagQuery,
  quarantinedEventParams,
  quarantinePageSchema,
  type QuarantineQuery,
  quarantineQuery,
  rebuildListSchema,
  type RebuildsQuery,
  rebuildsQuery,
  retrySchema,
} from './operations.schemas.js';
import { signalListSchema, type SignalsQuery, signalsQuery } from './signals.schemas.js';
import { operationsSummarySchema, summaryQuery } from './summary.schemas.js';

@ApiTags('Operations')
@ApiProblems()
@Needs('operations.read')
@Controller('api/v1/operations')
export class OperationsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'summariseOperations',
    summary: 'Workers, lag, holes and quarantine at a glance',
  })
  @ApiOkResponse({ standardSchema: operationsSummarySchema })
  summary(@Query({ schema: summaryQuery }) _: object) {
    return this.queries.execute(new SummariseOperationsQuery());
  }

  @Get('signals')
  @ApiOperation({
    operationId: 'listSignals',
    summary: 'Everything that is watched, with its bounds, the gravest first',
    description: 'The rows of `read.ops_signal`, from which alerts are raised as well.',
  })
  @ApiOkResponse({ standardSchema: signalListSchema })
  signals(@Query({ schema: signalsQuery }) filters: SignalsQuery) {
    return this.queries.execute(new ListSignalsQuery(filters));
  }

  @Get('capture')
  @ApiOperation({
    operationId: 'listCapture',
    summary: 'Freshness, completeness, budget, queue and messages of each portal',
  })
  @ApiOkResponse({ standardSchema: captureListSchema })
  capture(@Query({ schema: captureQuery }) _: object) {
    return this.queries.execute(new ListCaptureQuery());
  }

  @Get('lag')
  @ApiOperation({ operationId: 'listProjectionLag', summary: 'How far read models are behind the log, by bucket' })
  @ApiOkResponse({ standardSchema: lagListSchema })
  lag(@Query({ schema: lagQuery }) filters: LagQuery) {
    return this.queries.execute(new ShowLagQuery(filters));
  }

  @Get('rebuilds')
  @ApiOperation({
    operationId: 'listRebuilds',
    summary: 'Generations of read models, with the progress of what is built',
  })
  @ApiOkResponse({ standardSchema: rebuildListSchema })
  rebuilds(@Query({ schema: rebuildsQuery }) filters: RebuildsQuery) {
    return this.queries.execute(new ListRebuildsQuery(filters));
  }

  @Get('quarantine')
  @ApiOperation({ operationId: 'listQuarantine', summary: 'Events that read models could not apply, oldest first' })
  @ApiOkResponse({ standardSchema: quarantinePageSchema })
  quarantine(@Query({ schema: quarantineQuery }) filters: QuarantineQuery) {
    return this.queries.execute(new ListQuarantineQuery(filters));
  }

  @Post('quarantine/:id/retry')
  @Needs('operations.act')
  @Audited('quarantine.retry')
  @HttpCode(202)
  @ApiOperation({
    operationId: 'retryQuarantined',
    summary: 'Asks to try an event again',
    description:
      'The whole stream of the event is tried in order, within a second or two. What fails again stays, with one more attempt.',
  })
  @ApiAcceptedResponse({ standardSchema: retrySchema })
  retry(@Param({ schema: quarantinedEventParams }) { id }: { id: number }) {
    return this.commands.execute(new RetryQuarantinedCommand(id));
  }
}
