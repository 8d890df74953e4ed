import { Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { CoachingDesk } from './coaching-desk.js';
import {
  coachingListSchema,
  coachingParams,
  type CoachingsQuery,
  coachingsQuery,
  handledCoachingSchema,
} from './coachings.schemas.js';

type OfCoaching = { portalId: string; coachingId: string };

@ApiTags('Cases')
@ApiProblems()
@Needs('cases.judge')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId')
export class CoachingsController {
  constructor(private readonly desk: CoachingDesk) {}

  @Get('coachings')
  @ApiOperation({
    operationId: 'listCoachings',
    summary: 'Talks to hold about a rule that somebody broke three times within 30 days, with the cases under each',
  })
  @ApiOkResponse({ standardSchema: coachingListSchema })
  list(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: coachingsQuery }) query: CoachingsQuery,
  ) {
    return this.desk.list(portalId, query, currentAccess());
  }

  @Put('coachings/:coachingId/done')
  @Audited('coaching.finish')
  @ApiOperation({ operationId: 'finishCoaching', summary: 'Says that the talk was held' })
  @ApiOkResponse({ standardSchema: handledCoachingSchema })
  finish(@Param({ schema: coachingParams }) { portalId, coachingId }: OfCoaching) {
    return this.desk.handle(portalId, coachingId, 'finish', currentAccess());
  }

  @Delete('coachings/:coachingId/done')
  @Audited('coaching.reopen')
  @ApiOperation({ operationId: 'reopenCoaching', summary: 'Takes back that the talk was held' })
  @ApiOkResponse({ standardSchema: handledCoachingSchema })
  reopen(@Param({ schema: coachingParams }) { portalId, coachingId }: OfCoaching) {
    return this.desk.handle(portalId, coachingId, 'reopen', currentAccess());
  }
}
