import { Controller, Headers, Param, Query, Sse, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/needs.decorator.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { ChangeStream } from './change-stream.js';
import { changeSchema, changesQuery } from './changes.schemas.js';
import { KnownPlaceGuard } from './known-place.guard.js';

@ApiTags('Changes')
@ApiProblems()
@Needs('figures.read')
@Controller('api/v1/portals/:portalId/changes')
export class ChangesController {
  constructor(private readonly changes: ChangeStream) {}

  @Sse()
  @UseGuards(KnownPlaceGuard)
  @ApiOperation({
    operationId: 'watchChanges',
    summary: 'Server-sent events: one `change` after each batch that the figures have taken in',
    description:
      'Begins with a `ready` event. The id of an event is its position; reconnecting with Last-Event-ID continues after it, or gives a `reset` event when more than 10 000 events were missed or the position is not there any more: read everything again. A comment every 15 s keeps the connection open.',
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Position of the last event seen' })
  @ApiProduces('text/event-stream')
  @ApiResponse({ status: 200, description: 'A stream of Change', standardSchema: changeSchema })
  watch(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: changesQuery }) _: object,
    @Headers('last-event-id') lastEventId: string | undefined,
  ) {
    return this.changes.of(portalId, lastEventId);
  }
}
