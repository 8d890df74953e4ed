import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { CohortTotals, FlowTotals, FunnelScope, NowTotals, PipelineView } from '@funnelwatch/funnel';
import { tooFew, wilson } from '@funnelwatch/statistics';
import { ownUsersOnly } from '../access/request-access.js';
import { basisOf, cohortStepOf, othersOf, rateOf, stageOf, standingOf } from './answer-parts.js';
import {
  FunnelCohortQuery,
  FunnelFlowQuery,
  FunnelMonthsQuery,
  FunnelNowQuery,
  FunnelTransitionsQuery,
} from './funnel.dispatch.js';
import { FunnelDesk } from './funnel-desk.js';
import type { NowQuery } from './funnel.queries.js';
import type { FunnelCohort, FunnelFlow, FunnelMonths, FunnelNow, FunnelTransitions } from './funnel.schemas.js';
import { horizonAsked, periodAsked, whereAsked } from './questions.js';

@QueryHandler(FunnelNowQuery)
export class AnswerFunnelNow implements IQueryHandler<FunnelNowQuery> {
  constructor(private readonly desk: FunnelDesk) {}

  async execute({ portalId, filters }: FunnelNowQuery): Promise<FunnelNow> {
    const { scope, names } = await this.desk.open(portalId, filters);
    const answer = await this.desk.reader.now(scope, whereAsked(filters));
    const standings = standingsOf(answer.pipeline, answer.all);
    const gone = ownUsersOnly() === null ? answer.gone : await this.ownGone(scope, filters);
    return {
      basis: basisOf(scope, answer, filters.seller),
      stages: answer.pipeline.stages.map((stage) => ({ ...stageOf(stage), standing: standings(stage.stageId) })),
      open: standingOf(answer.all.open),
      won: standingOf(answer.all.won),
      lost: standingOf(answer.all.lost),
      sellers: answer.sellers.map((seller) => ({
        ...names.ref(seller.sellerId),
        open: standingOf(seller.open),
        won: standingOf(seller.won),
        lost: standingOf(seller.lost),
        stages: seller.stages.map(({ stageId, ...standing }) => ({ stageId, standing: standingOf(standing) })),
      })),
      ...gone,
    };
  }

  /** Otherwise the whole pipeline's are told, whoever was responsible. */
  private async ownGone(scope: FunnelScope, filters: NowQuery): Promise<{ deleted: number; merged: number }> {
    const count = async (figure: 'deleted' | 'merged') =>
      (await this.desk.reader.explain(scope, { ...whereAsked(filters), view: 'gone', figure })).value;
    return { deleted: await count('deleted'), merged: await count('merged') };
  }
}

function standingsOf(pipeline: PipelineView, totals: NowTotals) {
  const byStage = new Map(totals.stages.map((stage) => [stage.stageId, standingOf(stage)]));
  const nothing = { count: 0, amountKopecks: '0', otherCurrencies: [] };
  return (stageId: string) => byStage.get(stageId) ?? nothing;
}

@QueryHandler(FunnelFlowQuery)
export class AnswerFunnelFlow implements IQueryHandler<FunnelFlowQuery> {
  constructor(private readonly desk: FunnelDesk) {}

  async execute({ portalId, filters }: FunnelFlowQuery): Promise<FunnelFlow> {
    const { scope, names } = await this.desk.open(portalId, filters);
    const period = periodAsked(scope, filters);
    const answer = await this.desk.reader.flow(scope, { ...whereAsked(filters), period });
    const ratios = new Map(answer.all.periodRatios.map((ratio) => [ratio.fromStageId, ratio]));
    const counts = new Map(answer.all.stages.map((stage) => [stage.stageId, stage]));
    return {
      basis: basisOf(scope, answer, filters.seller),
      definition: answer.definition,
      stages: answer.pipeline.stages.map((stage) => {
        const ratio = ratios.get(stage.stageId);
        const count = counts.get(stage.stageId);
        return {
          ...stageOf(stage),
          entries: count?.entries ?? 0,
          visits: count?.visits ?? 0,
          toNext: ratio
            ? {
                toStageId: ratio.toStageId,
                numerator: ratio.to,
                denominator: ratio.from,
                ratio: ratio.from === 0 ? null : ratio.to / ratio.from,
              }
            : null,
        };
      }),
      totals: flowTotalsOf(answer.all),
      sellers: answer.sellers.map((seller) => ({
        ...names.ref(seller.sellerId),
        ...flowTotalsOf(seller),
        stages: seller.stages,
      })),
    };
  }
}

function flowTotalsOf(totals: FlowTotals): FunnelFlow['totals'] {
  const { created, won, wonAmount, lost, lostAmount, rollbacks, reopened, left } = totals;
  return {
    created,
    won,
    wonAmountKopecks: String(wonAmount.kopecks),
    wonOtherCurrencies: othersOf(wonAmount),
    lost,
    lostAmountKopecks: String(lostAmount.kopecks),
    lostOtherCurrencies: othersOf(lostAmount),
    rollbacks,
    reopened,
    left,
  };
}

@QueryHandler(FunnelCohortQuery)
export class AnswerFunnelCohort implements IQueryHandler<FunnelCohortQuery> {
  constructor(private readonly desk: FunnelDesk) {}

  async execute({ portalId, filters }: FunnelCohortQuery): Promise<FunnelCohort> {
    const { scope, names } = await this.desk.open(portalId, filters);
    const answer = await this.desk.reader.cohort(scope, {
      ...whereAsked(filters),
      period: periodAsked(scope, filters),
      definition: filters.definition,
      horizonDays: horizonAsked(filters),
    });
    const { definition, all } = answer;
    return {
      basis: basisOf(scope, answer, filters.seller),
      definition,
      horizonDays: answer.horizonDays,
      stages: answer.pipeline.stages.filter((stage) => stage.rank !== null).map(stageOf),
      steps: all.steps.map((step) => cohortStepOf(definition, step)),
      overall: all.overall && cohortStepOf(definition, all.overall),
      chain: chainOf(all.chain),
      sellers: answer.sellers.map((seller) => ({
        ...names.ref(seller.sellerId),
        steps: seller.steps.map((step) => cohortStepOf(definition, step)),
        overall: seller.overall && cohortStepOf(definition, seller.overall),
      })),
    };
  }
}

/** The chain as one population and how many of it reached each stage; the library gives each from the first stage. */
function chainOf(chain: CohortTotals['chain']): FunnelCohort['chain'] {
  const [first] = chain;
  const { population = 0, immature = 0, censored = 0, counted: n = 0 } = first ?? {};
  return {
    population,
    immature,
    censored,
    n,
    stages: chain.map((step, index) => {
      const before = chain[index - 1]?.converted;
      return {
        stageId: step.toStageId,
        reached: step.converted,
        step: before === undefined ? null : stepRate(step.converted, before),
        overall: rateOf('reached', step),
      };
    }),
  };
}

function stepRate(converted: number, counted: number) {
  return rateOf('reached', { converted, counted, interval: wilson(converted, counted), tooFew: tooFew(counted) });
}

@QueryHandler(FunnelTransitionsQuery)
export class AnswerFunnelTransitions implements IQueryHandler<FunnelTransitionsQuery> {
  constructor(private readonly desk: FunnelDesk) {}

  async execute({ portalId, filters }: FunnelTransitionsQuery): Promise<FunnelTransitions> {
    const { scope } = await this.desk.open(portalId, filters);
    const period = periodAsked(scope, filters);
    const answer = await this.desk.reader.transitions(scope, { ...whereAsked(filters), period });
    return {
      basis: basisOf(scope, answer, filters.seller),
      definition: answer.definition,
      stages: answer.pipeline.stages.map(stageOf),
      rows: answer.all.map(({ fromStageId, exits, to }) => ({
        fromStageId,
        exits,
        destinations: to.map((rate) => ({ toStageId: rate.toStageId, rate: rateOf('transition', rate) })),
      })),
    };
  }
}

@QueryHandler(FunnelMonthsQuery)
export class AnswerFunnelMonths implements IQueryHandler<FunnelMonthsQuery> {
  constructor(private readonly desk: FunnelDesk) {}

  async execute({ portalId, filters }: FunnelMonthsQuery): Promise<FunnelMonths> {
    const { scope } = await this.desk.open(portalId, filters);
    const answer = await this.desk.reader.months(scope, {
      ...whereAsked(filters),
      fromMonth: filters.from,
      toMonth: filters.to,
    });
    const window = { from: answer.months[0]?.from, to: answer.months.at(-1)?.to };
    return {
      basis: basisOf(scope, { ...answer, ...window }, filters.seller),
      stages: answer.pipeline.stages.map(stageOf),
      entries: answer.months.flatMap(({ month, sellers }) =>
        sellers.flatMap(({ sellerId, stages }) =>
          stages
            .filter(({ entries, visits }) => entries > 0 || visits > 0)
            .map((stage) => ({ month, sellerId, ...stage })),
        ),
      ),
      results: answer.months.flatMap(({ month, sellers }) =>
        sellers.map((seller) => ({ month, sellerId: seller.sellerId, ...flowTotalsOf(seller) })),
      ),
    };
  }
}
