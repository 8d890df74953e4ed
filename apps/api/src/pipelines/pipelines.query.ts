import { Command, Query } from '@nestjs/cqrs';
import type { AnnotationList, Decided, PipelineList, PipelinesQuery, SellerList } from './pipelines.schemas.js';

export class ListPipelinesQuery extends Query<PipelineList> {
  constructor(
    readonly portalId: string,
    readonly moment: Pick<PipelinesQuery, 'asOf' | 'asAt'>,
  ) {
    super();
  }
}

export class ListSellersQuery extends Query<SellerList> {
  constructor(
    readonly portalId: string,
    readonly asAt: string | undefined,
  ) {
    super();
  }
}

export interface AnnotationFilters {
  pipeline?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  asAt?: string | undefined;
}

export class ListAnnotationsQuery extends Query<AnnotationList> {
  constructor(
    readonly portalId: string,
    readonly filters: AnnotationFilters,
  ) {
    super();
  }
}

/** Decides what a stage means to the business. Repeating it is harmless. */
export class MapStageMeaningCommand extends Command<Decided> {
  constructor(
    readonly portalId: string,
    readonly pipelineId: string,
    readonly stageId: string,
    readonly meaning: string | null,
    readonly validFrom: string | null,
  ) {
    super();
  }
}
