import { Query } from '@nestjs/cqrs';
import type { EventsQuery, RecordEventPage, RecordParams, RecordQuery, RecordView } from './records.schemas.js';

export class ShowRecordQuery extends Query<RecordView> {
  constructor(
    readonly record: RecordParams,
    readonly moment: Pick<RecordQuery, 'asOf' | 'asAt' | 'personal'>,
  ) {
    super();
  }
}

export class ListRecordEventsQuery extends Query<RecordEventPage> {
  constructor(
    readonly record: RecordParams,
    readonly page: EventsQuery,
  ) {
    super();
  }
}
