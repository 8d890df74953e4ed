import { Command, Query } from '@nestjs/cqrs';
import type { CaptureList } from './capture.schemas.js';
import type {
  LagList,
  LagQuery,
  QuarantinePage,
  QuarantineQuery,
  RebuildList,
  RebuildsQuery,
  RetryView,
} from './operations.schemas.js';
import type { SignalList, SignalsQuery } from './signals.schemas.js';
import type { OperationsSummary } from './summary.schemas.js';

export class SummariseOperationsQuery extends Query<OperationsSummary> {}

/** Everything that is watched, the gravest first. */
export class ListSignalsQuery extends Query<SignalList> {
  constructor(readonly filters: SignalsQuery) {
    super();
  }
}

export class ListCaptureQuery extends Query<CaptureList> {}

export class ListQuarantineQuery extends Query<QuarantinePage> {
  constructor(readonly filters: QuarantineQuery) {
    super();
  }
}

export class ShowLagQuery extends Query<LagList> {
  constructor(readonly filters: LagQuery) {
    super();
  }
}

/** Asks the worker to try an event again, with all that waits in its stream. */
export class RetryQuarantinedCommand extends Command<RetryView> {
  constructor(readonly id: number) {
    super();
  }
}

export class ListRebuildsQuery extends Query<RebuildList> {
  constructor(readonly filters: RebuildsQuery) {
    super();
  }
}
