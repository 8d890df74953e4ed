import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/needs.decorator.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { PreparePastQuery } from './prepare-past.query.js';
import { pastKnowledgeSchema, type TimeTravelQuery, timeTravelQuery } from './time-travel.schemas.js';

@ApiTags('Time travel')
@ApiProblems()
@Needs('figures.read')
@Controller('api/v1/portals/:portalId/time-travel')
export class TimeTravelController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'prepareTimeTravel',
    summary: 'Prepares what was known of a portal at a position',
    description:
      'Waits up to two seconds; then ask again until the state is `ready`. A preparation that nobody asks for is given up after half a minute.',
  })
  @ApiOkResponse({ standardSchema: pastKnowledgeSchema })
  prepare(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: timeTravelQuery }) query: TimeTravelQuery,
  ) {
    return this.queries.execute(new PreparePastQuery(portalId, query.asAt));
  }
}
