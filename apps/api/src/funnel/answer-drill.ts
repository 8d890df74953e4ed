import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { z } from 'zod';
import { decodeCursor, encodeCursor } from '../http/cursor.js';
import { PersonalReads } from '../access/personal-reads.js';
import { LabelReader } from '../records/label-reader.js';
import { Titles } from '../records/titles.js';
import { basisOf, cohortStepOf } from './answer-parts.js';
import { FunnelExplainQuery, FunnelRecordsQuery } from './funnel.dispatch.js';
import type { RecordsQuery } from './funnel.queries.js';
import { FunnelDesk } from './funnel-desk.js';
import type { Explanation, RecordPage } from './funnel.schemas.js';
import { figureAsked } from './questions.js';

@QueryHandler(FunnelRecordsQuery)
export class AnswerFunnelRecords implements IQueryHandler<FunnelRecordsQuery> {
  constructor(
    private readonly desk: FunnelDesk,
    private readonly labels: LabelReader,
    private readonly titles: Titles,
    private readonly personal: PersonalReads,
  ) {}

  async execute({ portalId, filters }: FunnelRecordsQuery): Promise<RecordPage> {
    const { scope, names } = await this.desk.open(portalId, filters);
    const figure = figureAsked(scope, filters);
    const list = listOf(portalId, filters);
    const after = filters.cursor === undefined ? undefined : decodeCursor(list, filters.cursor, z.string());
    const page = await this.desk.reader.records(scope, figure, {
      limit: filters.limit,
      ...(after !== undefined && { after }),
    });
    // Counting costs as much as the figure itself: once, on the first page.
    const total = after === undefined ? (await this.desk.reader.explain(scope, figure)).value : null;
    const labels = await this.labels.of(scope);
    const isShown = await this.personal.opens(filters.personal, `list of ${page.records.length}`, {
      figure: `${filters.pipeline} ${filters.view}/${filters.figure}`,
      records: page.records.map(({ kind, id }) => `${kind}:${id}`).join(' '),
    });
    const titles = isShown ? await this.titles.open(scope, page.records) : [];
    return {
      asOf: page.asOf,
      total,
      items: page.records.map((record, index) => ({
        kind: record.kind,
        id: record.id,
        title: titles[index] ?? null,
        sellerId: record.sellerId,
        sellerName: names.of(record.sellerId),
        amountKopecks: record.amountKopecks === null ? null : String(record.amountKopecks),
        currency: record.currency,
        countedStageId: record.stageId,
        pipelineId: record.currentPipelineId,
        stageId: record.currentStageId,
        stageName: labels.stage(record.currentPipelineId, record.currentStageId),
        createdAt: record.createdAt,
        countedAt: record.countedAt,
        convertedAt: record.convertedAt,
      })),
      personal: filters.personal,
      nextCursor: page.next === null ? null : encodeCursor(list, page.next),
    };
  }
}

/** What makes a list the same list; the size of a page does not. */
function listOf(portalId: string, query: RecordsQuery): object {
  const { cursor: _cursor, limit: _limit, minPosition: _minPosition, ...figure } = query;
  return { portalId, ...figure };
}

@QueryHandler(FunnelExplainQuery)
export class AnswerFunnelExplain implements IQueryHandler<FunnelExplainQuery> {
  constructor(private readonly desk: FunnelDesk) {}

  async execute({ portalId, filters }: FunnelExplainQuery): Promise<Explanation> {
    const { scope } = await this.desk.open(portalId, filters);
    const figure = figureAsked(scope, filters);
    const explanation = await this.desk.reader.explain(scope, figure);
    const window =
      'period' in figure ? { from: figure.period.from.toISOString(), to: figure.period.to.toISOString() } : {};
    const { rate } = explanation;
    return {
      basis: { ...basisOf(scope, { ...explanation, ...window }, filters.seller), version: explanation.version },
      view: filters.view,
      figure: filters.figure,
      textKey: explanation.textKey,
      definition: explanation.definition,
      inputs: Object.entries(explanation.inputs).map(([name, value]) => ({
        name,
        value: value === null ? null : String(value),
      })),
      value: explanation.value,
      step: rate && filters.view === 'cohort' ? cohortStepOf(filters.definition, rate) : null,
      sampleEvents: explanation.sample,
    };
  }
}
