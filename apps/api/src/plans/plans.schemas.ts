import { z } from 'zod';
import { userId } from '../cases/cases.schemas.js';
import {
  day,
  kopecks,
  month,
  pipelineId,
  plainText,
  portalId,
  position,
  readsAfter,
  stageId,
} from '../http/plain-values.js';

/** Amounts that people write down: whole kopecks, up to ten billion roubles. */
const amount = kopecks.regex(/^\d{1,12}$/, 'must be whole kopecks, at most twelve digits');
const count = z.number().int().min(0).max(1_000_000_000);
const indicatorId = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, a letter first')
  .meta({ example: 'meetings' });

const planId = z.uuid().meta({ description: 'Our id of the plan' });
export const planParams = z.object({ portalId, planId });
export const indicatorParams = z.object({ portalId, indicatorId });
export const plansQuery = z.strictObject({ ...readsAfter, month: month.optional() });
export const plainPlanQuery = z.strictObject({ ...readsAfter });

const measure = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('stage'), pipelineId, stageId }),
    z.strictObject({
      kind: z.literal('activity'),
      activity: z.enum(['call', 'meeting', 'letter', 'message']),
      direction: z.enum(['incoming', 'outgoing', 'any']),
    }),
    z.strictObject({ kind: z.literal('won'), pipelineId: pipelineId.nullable() }),
    z.strictObject({ kind: z.literal('paid') }),
  ])
  .meta({ id: 'Measure', description: 'What is counted as one action' });

export const indicatorBody = z.strictObject({
  name: z.strictObject({ ru: plainText(60), en: plainText(60) }),
  measure,
  minutes: z.number().int().min(1).max(1440).nullable().meta({ description: 'How long one action takes' }),
  isOffered: z.boolean(),
});
export type IndicatorBody = z.infer<typeof indicatorBody>;
const indicatorSchema = indicatorBody.extend({ indicatorId }).meta({ id: 'Indicator' });
export const indicatorListSchema = z.object({ items: z.array(indicatorSchema) }).meta({ id: 'IndicatorList' });

const planContentSchema = z
  .strictObject({
    name: plainText(80),
    targetKopecks: amount,
    averageSaleKopecks: amount,
    statedSales: count.nullable().meta({ description: 'Number of sales as it was handed down, to be checked' }),
    marginKopecks: amount.nullable(),
    breakEven: z.strictObject({ kopecks: amount, basis: z.enum(['revenue', 'margin']).nullable() }).nullable(),
    steps: z
      .array(z.strictObject({ indicatorId, entered: count, converted: count }))
      .max(20)
      .meta({ description: 'In the order of the funnel, each with its conversion into the next one' }),
    base: z.strictObject({
      method: z.enum(['cohort', 'period', 'given']),
      from: day.nullable(),
      to: day.nullable(),
      horizonDays: z.number().int().min(0).max(3650).nullable(),
      pooling: z.enum(['pooled', 'shrunk']),
    }),
    rounding: z.enum(['final', 'step']),
    split: z.enum(['up', 'exact']),
    sellers: z
      .array(
        z.strictObject({
          userId,
          weight: z.number().int().min(0).max(1_000_000),
          conversions: z
            .array(
              z
                .strictObject({ entered: count, converted: count })
                .refine(({ entered, converted }) => converted <= entered, 'must not be more than entered'),
            )
            .max(20)
            .optional()
            .meta({ description: 'Of `shrunk` alone: their own counts of each step' }),
        }),
      )
      .max(500),
  })
  .refine(
    ({ steps, sellers }) =>
      sellers.every(({ conversions }) => conversions?.length === undefined || conversions.length === steps.length),
    {
      path: ['sellers'],
      message: 'must have as many conversions as there are steps',
    },
  )
  .meta({ id: 'PlanContent' });

export const planBody = z.strictObject({
  month,
  pipelineId: pipelineId.nullable().meta({ description: 'Null: all pipelines of deals' }),
  teamId: z
    .string()
    .regex(/^\d{1,18}$/)
    .meta({ description: 'Department of the portal' }),
  content: planContentSchema,
});
export type PlanBody = z.infer<typeof planBody>;
export const previewBody = z.strictObject({ content: planContentSchema });
export type PreviewBody = z.infer<typeof previewBody>;
export const issueBody = z.strictObject({ version: z.number().int().min(1), effectiveFrom: day });
export type IssueBody = z.infer<typeof issueBody>;
export const signBody = z.strictObject({ version: z.number().int().min(1) });
export type SignBody = z.infer<typeof signBody>;

const figureSchema = z
  .object({
    indicatorId: indicatorId.nullable().meta({ description: 'Null: sales' }),
    exact: z.string().meta({ description: 'As the formula gives it, a fraction in lowest terms', example: '1250/3' }),
    team: z.string().meta({ description: 'Rounded up', example: '417' }),
    norms: z.array(z.object({ userId: z.string(), norm: z.string() })),
    surplus: z.string().meta({ description: 'By how much the norms together go beyond the team' }),
    conversion: z
      .object({
        entered: z.number().int(),
        converted: z.number().int(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        tooFew: z.boolean(),
      })
      .nullable()
      .meta({ description: 'Into what follows, with its 95 % interval by Wilson; null for sales' }),
    volumes: z.array(z.object({ chance: z.number(), volume: z.number().int().nullable() })).meta({
      description:
        'How many it takes to reach the sales with a chance; empty where the counts are of several populations',
    }),
    chanceAtPlan: z.number().nullable().meta({ description: 'Chance to reach the sales with the planned volume' }),
    minutes: z.string().nullable().meta({ description: 'What the team’s figure takes, where an action has minutes' }),
  })
  .meta({ id: 'PlannedFigure' });

const findingSchema = z
  .object({
    severity: z.enum(['fault', 'warning', 'question']),
    code: z.string(),
    indicatorId: z.string().nullable(),
    values: z.record(z.string(), z.string()),
  })
  .meta({ id: 'PlanFinding' });

export const previewSchema = z
  .object({
    figures: z
      .array(figureSchema)
      .nullable()
      .meta({ description: 'In the order of the funnel, sales last; null with faults' }),
    findings: z.array(findingSchema),
  })
  .meta({ id: 'PlanPreview' });
export type PlanPreview = z.infer<typeof previewSchema>;

const versionSchema = z.object({
  version: z.number().int(),
  effectiveFrom: z.string().nullable().meta({ description: 'First day on which it holds; null while it is a draft' }),
  content: planContentSchema,
  signatures: z.array(z.object({ userId: z.string(), name: z.string().nullable(), isSigned: z.boolean() })),
});

export const planSchema = z
  .object({
    planId: z.string(),
    month: z.string(),
    pipelineId: z.string().nullable(),
    teamId: z.string(),
    isWithdrawn: z.boolean(),
    versions: z.array(versionSchema),
    preview: previewSchema.meta({ description: 'Of the latest version' }),
  })
  .meta({ id: 'Plan' });
export type PlanView = z.infer<typeof planSchema>;
export const planListSchema = z.object({ items: z.array(planSchema) }).meta({ id: 'PlanList' });

export const planDecidedSchema = z
  .object({
    position: position.meta({ description: 'Pass it as minPosition to see the change' }),
    version: z.number().int(),
  })
  .meta({ id: 'PlanDecided' });

export const planWrittenSchema = planDecidedSchema.extend({ planId }).meta({ id: 'PlanWritten' });

export const conversionBaseQuery = z.strictObject({
  ...readsAfter,
  pipeline: pipelineId,
  from: day,
  to: day,
  method: z
    .enum(['cohort', 'period'])
    .default('cohort')
    .meta({ description: 'cohort: deals followed; period: entries beside entries, which is no probability' }),
  horizonDays: z.coerce.number().int().min(0).max(3650).optional().meta({ description: 'To date, when left out' }),
});
export type ConversionBaseQuery = z.infer<typeof conversionBaseQuery>;

export const conversionBaseSchema = z
  .object({
    stages: z.array(z.object({ stageId: z.string(), name: z.string(), reached: z.number().int() })).meta({
      description: 'How many of the records of the window reached each stage or one beyond; the won stage last',
    }),
    sellers: z
      .array(
        z.object({ userId: z.string(), stages: z.array(z.object({ stageId: z.string(), reached: z.number().int() })) }),
      )
      .meta({ description: 'The same of deals by the person responsible; of a cohort alone' }),
    activities: z
      .array(
        z.object({
          activity: z.enum(['call', 'meeting', 'letter', 'message']),
          direction: z.enum(['outgoing', 'any']),
          done: z.number().int(),
        }),
      )
      .meta({ description: 'Of a period alone: what was done in it, the most frequent first' }),
    immature: z.number().int().meta({ description: 'Records too young to be counted' }),
    averageSale: z
      .object({ kopecks, currency: z.string(), sales: z.number().int() })
      .nullable()
      .meta({ description: 'Of what was won in the window, in its commonest currency' }),
  })
  .meta({ id: 'ConversionBase' });
export type ConversionBaseView = z.infer<typeof conversionBaseSchema>;
