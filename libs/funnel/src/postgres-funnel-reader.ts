import type { Clock } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { readAnnotations } from './annotations/annotations.js';
import type {
  Annotation,
  Explanation,
  FigureRecords,
  FunnelCohort,
  FunnelFlow,
  FunnelMonths,
  FunnelNow,
  FunnelTransitions,
  PipelineView,
  RecordView,
  SellerView,
} from './answers.js';
import { funnelCohort } from './cohort/cohort.js';
import { explainFigure } from './explain/explain.js';
import type { FigureRef } from './figure.js';
import { funnelFlow, funnelMonths } from './flow/flow.js';
import type { CohortQuestion, FlowQuestion, FunnelReader, MonthsQuestion, NowQuestion } from './funnel-reader.js';
import { funnelNow } from './now/now.js';
import { readPipelines } from './read/pipeline-views.js';
import { inSnapshot, openQuestion, type OpenQuestion, readAsOf } from './read/question.js';
import { readRecord } from './record/record.js';
import { funnelRecords } from './records/records.js';
import type { FunnelScope, Period } from './scope.js';
import { readSellers } from './sellers/sellers.js';
import { funnelTransitions } from './transitions/transitions.js';

/** The funnel's figures from `read.*`, or from the views of an earlier position that the scope names; every answer comes from one snapshot. See `FunnelReader`. */
export class PostgresFunnelReader implements FunnelReader {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  pipelines(scope: FunnelScope, question: { asOf?: Date } = {}): Promise<PipelineView[]> {
    return inSnapshot(this.pool, async (client) => {
      const { at } = await readAsOf(client, scope, this.nowOf(scope), question.asOf);
      return readPipelines(client, scope, at);
    });
  }

  sellers(scope: FunnelScope): Promise<SellerView[]> {
    return inSnapshot(this.pool, (client) => readSellers(client, scope));
  }

  annotations(
    scope: FunnelScope,
    question: { pipelineId?: string; period?: Period; limit?: number } = {},
  ): Promise<Annotation[]> {
    return inSnapshot(this.pool, (client) => readAnnotations(client, scope, this.nowOf(scope), question));
  }

  now(scope: FunnelScope, question: NowQuestion): Promise<FunnelNow> {
    return this.ask(scope, question, funnelNow);
  }

  flow(scope: FunnelScope, question: FlowQuestion): Promise<FunnelFlow> {
    return this.ask(scope, question, (open) => funnelFlow(open, question.period));
  }

  cohort(scope: FunnelScope, question: CohortQuestion): Promise<FunnelCohort> {
    return this.ask(scope, question, (open) => funnelCohort(open, question.definition, question));
  }

  transitions(scope: FunnelScope, question: FlowQuestion): Promise<FunnelTransitions> {
    return this.ask(scope, question, (open) => funnelTransitions(open, question.period));
  }

  months(scope: FunnelScope, question: MonthsQuestion): Promise<FunnelMonths> {
    return this.ask(scope, question, (open) => funnelMonths(open, question.fromMonth, question.toMonth));
  }

  records(scope: FunnelScope, figure: FigureRef, page?: { after?: string; limit?: number }): Promise<FigureRecords> {
    return this.ask(scope, figure, (open) => funnelRecords(open, figure, page));
  }

  explain(scope: FunnelScope, figure: FigureRef): Promise<Explanation> {
    return this.ask(scope, figure, (open) => explainFigure(open, figure));
  }

  record(scope: FunnelScope, kind: string, id: string, question: { asOf?: Date } = {}): Promise<RecordView> {
    return inSnapshot(this.pool, (client) => readRecord(client, scope, this.nowOf(scope), { kind, id, ...question }));
  }

  private nowOf({ asAt }: FunnelScope): Date {
    return asAt?.knownAt ?? this.clock.now();
  }

  private ask<Answer>(
    scope: FunnelScope,
    question: NowQuestion,
    answer: (open: OpenQuestion) => Promise<Answer>,
  ): Promise<Answer> {
    return inSnapshot(this.pool, async (client) =>
      answer(await openQuestion(client, scope, this.nowOf(scope), question)),
    );
  }
}
