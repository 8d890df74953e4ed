import { z } from 'zod';
import { instant, kopecks, personalState, position } from '../http/plain-values.js';
import { stageSchema } from '../pipelines/pipelines.schemas.js';
import { cohortDefinitions, figureViews } from './funnel.queries.js';

/** What the funnel routes answer. Every answer says what it is based on; every rate says how it was counted. */

const count = z.number().int();

export const asOfSchema = z
  .object({
    position: position.meta({ description: 'Last event behind the answer' }),
    at: instant.meta({ description: 'The moment the answer is about' }),
    asked: instant.nullable().meta({ description: 'The moment, when a past one was asked for with `asOf`' }),
    isAsAt: z.boolean().meta({ description: 'What was known at the position (`asAt`), not all that is known now' }),
  })
  .meta({ id: 'AsOf' });

export const basisSchema = z
  .object({
    pipelineId: z.string(),
    pipelineName: z.string(),
    seller: z.string(),
    currency: z.string().meta({ description: 'Base currency: the only one amounts are added in' }),
    window: z
      .object({ from: instant, to: instant, zone: z.string() })
      .nullable()
      .meta({ description: 'Half-open; null for what stands now' }),
    asOf: asOfSchema,
    version: z.string().meta({ description: 'Version of the definitions and the read model', example: 'funnel_v1' }),
  })
  .meta({ id: 'Basis' });

export const rateSchema = z
  .object({
    definition: z.enum([...cohortDefinitions, 'transition']),
    converted: count,
    n: count.meta({ description: 'Matured objects of the population: the denominator' }),
    share: z.number().nullable().meta({ description: 'converted / n; null when n = 0' }),
    low: z.number().nullable().meta({ description: 'Wilson 95 % interval, z = 1.959964' }),
    high: z.number().nullable(),
    tooFew: z.boolean().meta({ description: 'n < 5: print "too few", not a percentage' }),
  })
  .meta({ id: 'Rate' });

const periodRatioSchema = z
  .object({
    toStageId: z.string(),
    numerator: count,
    denominator: count,
    ratio: z.number().nullable().meta({ description: 'Not a probability: may exceed 1' }),
  })
  .meta({ id: 'PeriodRatio' });

export const moneySchema = z
  .object({ currency: z.string(), count, amountKopecks: kopecks })
  .meta({ id: 'OtherCurrency', description: 'Objects in another currency: never added to the base currency' });

const stageRef = stageSchema.shape;

export const standingSchema = z
  .object({ count, amountKopecks: kopecks, otherCurrencies: z.array(moneySchema) })
  .meta({ id: 'Standing' });
const personRef = { sellerId: z.string(), name: z.string().nullable() };

export const funnelNowSchema = z
  .object({
    basis: basisSchema,
    stages: z.array(z.object({ ...stageRef, standing: standingSchema }).meta({ id: 'NowStage' })),
    open: standingSchema,
    won: standingSchema,
    lost: standingSchema,
    sellers: z.array(
      z
        .object({
          ...personRef,
          open: standingSchema,
          won: standingSchema,
          lost: standingSchema,
          stages: z.array(z.object({ stageId: z.string(), standing: standingSchema })),
        })
        .meta({ id: 'NowSeller' }),
    ),
    deleted: count.meta({ description: 'Objects of the pipeline deleted in the portal: in no other figure' }),
    merged: count.meta({ description: 'Objects that a merge swallowed: in no other figure' }),
  })
  .meta({ id: 'FunnelNow' });
export type FunnelNow = z.infer<typeof funnelNowSchema>;

const flowTotals = {
  created: count,
  won: count,
  wonAmountKopecks: kopecks,
  wonOtherCurrencies: z.array(moneySchema),
  lost: count,
  lostAmountKopecks: kopecks,
  lostOtherCurrencies: z.array(moneySchema),
  rollbacks: count,
  reopened: count,
  left: count,
};

export const funnelFlowSchema = z
  .object({
    basis: basisSchema,
    definition: z.literal('flow'),
    stages: z.array(
      z
        .object({
          ...stageRef,
          entries: count,
          visits: count,
          toNext: periodRatioSchema.nullable().meta({ description: 'entries of the next ranked stage / entries here' }),
        })
        .meta({ id: 'FlowStage' }),
    ),
    totals: z.object(flowTotals).meta({ id: 'FlowTotals' }),
    sellers: z.array(
      z
        .object({
          ...personRef,
          ...flowTotals,
          stages: z.array(z.object({ stageId: z.string(), entries: count, visits: count })),
        })
        .meta({ id: 'FlowSeller' }),
    ),
  })
  .meta({ id: 'FunnelFlow' });
export type FunnelFlow = z.infer<typeof funnelFlowSchema>;

const cohortCounts = {
  population: count.meta({ description: 'Everything in the window, matured or not' }),
  immature: count.meta({ description: 'Not followed for the whole horizon yet: not in n' }),
  censored: count.meta({ description: 'Of the immature: those that left the pipeline' }),
};

export const cohortStepSchema = z
  .object({ fromStageId: z.string(), toStageId: z.string(), ...cohortCounts, rate: rateSchema })
  .meta({ id: 'CohortStep' });

export const funnelCohortSchema = z
  .object({
    basis: basisSchema,
    definition: z.enum(cohortDefinitions),
    horizonDays: z.number().int().nullable().meta({ description: 'null: to date' }),
    stages: z.array(stageSchema).meta({ description: 'Ranked stages' }),
    steps: z.array(cohortStepSchema).meta({ description: 'Each ranked stage to the next one' }),
    overall: cohortStepSchema.nullable().meta({ description: 'The first stage to the won one' }),
    chain: z
      .object({
        ...cohortCounts,
        n: count,
        stages: z.array(
          z
            .object({
              stageId: z.string(),
              reached: count,
              step: rateSchema.nullable().meta({ description: 'From the stage before; null for the first' }),
              overall: rateSchema,
            })
            .meta({ id: 'ChainStage' }),
        ),
      })
      .meta({
        id: 'Chain',
        description: 'One population fixed at the first stage: step rates multiply to the overall',
      }),
    sellers: z.array(
      z
        .object({ ...personRef, steps: z.array(cohortStepSchema), overall: cohortStepSchema.nullable() })
        .meta({ id: 'CohortSeller' }),
    ),
  })
  .meta({ id: 'FunnelCohort' });
export type FunnelCohort = z.infer<typeof funnelCohortSchema>;

export const funnelTransitionsSchema = z
  .object({
    basis: basisSchema,
    definition: z.literal('transition'),
    stages: z.array(stageSchema),
    rows: z.array(
      z
        .object({
          fromStageId: z.string(),
          exits: count,
          destinations: z.array(
            z.object({
              toStageId: z.string().nullable().meta({ description: 'null: left for another pipeline' }),
              rate: rateSchema,
            }),
          ),
        })
        .meta({ id: 'TransitionRow' }),
    ),
  })
  .meta({ id: 'FunnelTransitions' });
export type FunnelTransitions = z.infer<typeof funnelTransitionsSchema>;

export const funnelMonthsSchema = z
  .object({
    basis: basisSchema,
    stages: z.array(stageSchema),
    entries: z
      .array(
        z
          .object({ month: z.string(), sellerId: z.string(), stageId: z.string(), entries: count, visits: count })
          .meta({ id: 'MonthEntries' }),
      )
      .meta({ description: 'Rows without anything are left out' }),
    results: z.array(z.object({ month: z.string(), sellerId: z.string(), ...flowTotals }).meta({ id: 'MonthResults' })),
  })
  .meta({ id: 'FunnelMonths' });
export type FunnelMonths = z.infer<typeof funnelMonthsSchema>;

const recordSummarySchema = z
  .object({
    kind: z.string(),
    id: z.string(),
    title: z.string().nullable().meta({ description: 'null: none, erased, or masked' }),
    sellerId: z.string(),
    sellerName: z.string().nullable(),
    amountKopecks: kopecks.nullable(),
    currency: z.string().nullable(),
    countedStageId: z.string().nullable().meta({ description: 'Stage that put the record into this figure' }),
    pipelineId: z.string().nullable().meta({ description: 'Where the record stands now' }),
    stageId: z.string().nullable(),
    stageName: z.string().nullable(),
    createdAt: instant.nullable(),
    countedAt: instant.meta({ description: 'The instant that put the record into this figure' }),
    convertedAt: instant.nullable().meta({ description: 'When the step was made, for figures of a cohort' }),
  })
  .meta({ id: 'RecordSummary' });

export const recordPageSchema = z
  .object({
    asOf: asOfSchema,
    total: count.nullable().meta({ description: 'Equals the figure; only on the first page' }),
    items: z.array(recordSummarySchema),
    personal: personalState,
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'RecordPage' });
export type RecordPage = z.infer<typeof recordPageSchema>;

export const explanationSchema = z
  .object({
    basis: basisSchema,
    view: z.enum(figureViews),
    figure: z.string(),
    textKey: z.string().meta({ description: 'Key of the text in a console', example: 'funnel.flow.entries' }),
    definition: z.string().meta({ description: 'The definition in English' }),
    inputs: z.array(z.object({ name: z.string(), value: z.string().nullable() })),
    value: count,
    step: cohortStepSchema.nullable().meta({ description: 'For figures of a cohort: the whole step' }),
    sampleEvents: z.array(z.object({ kind: z.string(), id: z.string(), eventId: z.string().nullable(), at: instant })),
  })
  .meta({ id: 'Explanation' });
export type Explanation = z.infer<typeof explanationSchema>;
