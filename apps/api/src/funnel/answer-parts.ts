import type { Amounts, AsOf, CohortStep, FunnelScope, PipelineView, Rate, StageView } from '@funnelwatch/funnel';
import { funnelVersion } from '@funnelwatch/funnel';
import type { z } from 'zod';
import type { pipelineSchema, stageSchema } from '../pipelines/pipelines.schemas.js';
import type { basisSchema, cohortStepSchema, moneySchema, rateSchema, standingSchema } from './funnel.schemas.js';

/** Parts that several answers of the funnel share, from the library's words to those of the API. */

export function stageOf(stage: StageView): z.infer<typeof stageSchema> {
  const { isRemoved, ...rest } = stage;
  return { ...rest, removed: isRemoved };
}

export function pipelineOf(pipeline: PipelineView): z.infer<typeof pipelineSchema> {
  const { isRemoved, stages, ...rest } = pipeline;
  return { ...rest, removed: isRemoved, stages: stages.map(stageOf) };
}

/** Currency of amounts until the portal has told its own, as the funnel library takes it. */
const currencyUntilKnown = 'RUB';

export function basisOf(
  scope: FunnelScope,
  answer: { asOf: AsOf; pipeline: PipelineView; from?: string; to?: string },
  seller: string,
): z.infer<typeof basisSchema> {
  const { pipeline, asOf, from, to } = answer;
  return {
    pipelineId: pipeline.pipelineId,
    pipelineName: pipeline.name,
    seller,
    currency: scope.currency ?? currencyUntilKnown,
    window: from === undefined || to === undefined ? null : { from, to, zone: scope.zone },
    asOf,
    version: funnelVersion,
  };
}

export function standingOf({ count, amount }: { count: number; amount: Amounts }): z.infer<typeof standingSchema> {
  return { count, amountKopecks: String(amount.kopecks), otherCurrencies: othersOf(amount) };
}

export function othersOf(amount: Amounts): z.infer<typeof moneySchema>[] {
  return amount.others.map(({ currency, count, kopecks }) => ({ currency, count, amountKopecks: String(kopecks) }));
}

export function rateOf(
  definition: z.infer<typeof rateSchema>['definition'],
  { counted, converted, interval, tooFew }: Rate,
): z.infer<typeof rateSchema> {
  return {
    definition,
    converted,
    n: counted,
    share: counted === 0 ? null : converted / counted,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    tooFew,
  };
}

export function cohortStepOf(
  definition: z.infer<typeof rateSchema>['definition'],
  step: CohortStep,
): z.infer<typeof cohortStepSchema> {
  const { fromStageId, toStageId, population, immature, censored } = step;
  return { fromStageId, toStageId, population, immature, censored, rate: rateOf(definition, step) };
}
