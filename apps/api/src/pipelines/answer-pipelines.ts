import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { dayPeriod, type FunnelReader, type FunnelScope } from '@funnelwatch/funnel';
import { ownUsersOnly } from '../access/request-access.js';
import { pipelineOf } from '../funnel/answer-parts.js';
import { funnelReader } from '../funnel/funnel-reader.token.js';
import { Scopes } from '../time-travel/scopes.js';
import {
  type AnnotationFilters,
  ListAnnotationsQuery,
  ListPipelinesQuery,
  ListSellersQuery,
} from './pipelines.query.js';
import type { AnnotationList, PipelineList, SellerList } from './pipelines.schemas.js';

@QueryHandler(ListPipelinesQuery)
export class AnswerPipelines implements IQueryHandler<ListPipelinesQuery> {
  constructor(
    @Inject(funnelReader) private readonly reader: FunnelReader,
    private readonly scopes: Scopes,
  ) {}

  async execute({ portalId, moment }: ListPipelinesQuery): Promise<PipelineList> {
    const pipelines = await this.reader.pipelines(
      await this.scopes.of(portalId, moment.asAt),
      moment.asOf === undefined ? {} : { asOf: new Date(moment.asOf) },
    );
    return { items: pipelines.map(pipelineOf) };
  }
}

@QueryHandler(ListSellersQuery)
export class AnswerSellers implements IQueryHandler<ListSellersQuery> {
  constructor(
    @Inject(funnelReader) private readonly reader: FunnelReader,
    private readonly scopes: Scopes,
  ) {}

  async execute({ portalId, asAt }: ListSellersQuery): Promise<SellerList> {
    const sellers = await this.reader.sellers(await this.scopes.of(portalId, asAt));
    const own = ownUsersOnly();
    const shown = own === null ? sellers : sellers.filter(({ sellerId }) => own.includes(sellerId));
    return { items: shown.map(({ isActive, ...seller }) => ({ ...seller, active: isActive })) };
  }
}

const shownAnnotations = 500;

@QueryHandler(ListAnnotationsQuery)
export class AnswerAnnotations implements IQueryHandler<ListAnnotationsQuery> {
  constructor(
    @Inject(funnelReader) private readonly reader: FunnelReader,
    private readonly scopes: Scopes,
  ) {}

  async execute({ portalId, filters }: ListAnnotationsQuery): Promise<AnnotationList> {
    const scope = await this.scopes.of(portalId, filters.asAt);
    const items = await this.reader.annotations(scope, {
      limit: shownAnnotations,
      ...(filters.pipeline !== undefined && { pipelineId: filters.pipeline }),
      ...periodOf(scope, filters),
    });
    return { items };
  }
}

/** An open end reaches as far as the API knows days. */
function periodOf(scope: FunnelScope, { from, to }: AnnotationFilters) {
  if (from === undefined && to === undefined) return {};
  return { period: dayPeriod(scope.zone, from ?? '2000-01-01', to ?? '2100-01-01') };
}
