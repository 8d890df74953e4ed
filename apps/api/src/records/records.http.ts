import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Needs } from '../access/needs.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { ListRecordEventsQuery, ShowRecordQuery } from './records.query.js';
import {
  type EventsQuery,
  eventsQuery,
  recordEventPageSchema,
  type RecordParams,
  recordParams,
  type RecordQuery,
  recordQuery,
  recordSchema,
} from './records.schemas.js';

@ApiTags('Records')
@ApiProblems()
@Needs('records.read')
@Controller('api/v1/portals/:portalId/records/:kind/:recordId')
export class RecordsController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({ operationId: 'showRecord', summary: 'One record with its stage visits, now or at a moment' })
  @ApiOkResponse({ standardSchema: recordSchema })
  show(@Param({ schema: recordParams }) record: RecordParams, @Query({ schema: recordQuery }) moment: RecordQuery) {
    return this.queries.execute(new ShowRecordQuery(record, moment));
  }

  @Get('events')
  @ApiOperation({ operationId: 'listRecordEvents', summary: 'Everything known to have happened to a record' })
  @ApiOkResponse({ standardSchema: recordEventPageSchema })
  events(@Param({ schema: recordParams }) record: RecordParams, @Query({ schema: eventsQuery }) page: EventsQuery) {
    return this.queries.execute(new ListRecordEventsQuery(record, page));
  }
}
