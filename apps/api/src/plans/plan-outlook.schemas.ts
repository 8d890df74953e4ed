import { z } from 'zod';
import { instant, kopecks } from '../http/plain-values.js';

const share = z.number().nullable();
export const outlookSchema = z
  .object({
    asOf: instant,
    sales: z.number().int().meta({ description: 'Planned' }),
    targetKopecks: kopecks,
    adequacy: z
      .object({
        months: z
          .array(z.object({ month: z.string(), sales: z.number().int(), kopecks }))
          .meta({ description: 'Twelve months before the plan’s at most, from the first with a sale on' }),
        percentile: share.meta({ description: 'Share of them in which less was sold than the target' }),
        usualKopecks: kopecks.nullable(),
        usualSales: share,
        usualAverageKopecks: kopecks.nullable(),
        uplift: share.meta({ description: 'By how much one factor alone would have to grow' }),
        load: share.meta({ description: 'Share of the working time that the planned actions take' }),
      })
      .meta({ id: 'PlanAdequacy' }),
    breakEven: z
      .object({
        margin: z.number().meta({ description: 'Share of revenue' }),
        variablePay: z.number().meta({ description: 'Share of revenue, by the schemes that pay in the month' }),
        fixedKopecks: kopecks.meta({
          description: 'The cost that does not depend on revenue, as the break-even implies',
        }),
        revenueKopecks: kopecks.nullable().meta({ description: 'Null where each sale costs more than it brings' }),
        leftKopecks: kopecks.meta({ description: 'Of the target, after variable pay and the fixed cost' }),
      })
      .nullable()
      .meta({ id: 'PlanBreakEven' }),
    replay: z
      .array(
        z
          .object({
            indicatorId: z.string().nullable().meta({ description: 'Null: sales' }),
            planned: z.number().int(),
            usual: z.number().meta({ description: 'What the planned sellers did in a month on average' }),
            reached: z.number().int().meta({ description: 'Months in which the team did what is planned' }),
            normsMade: z.number().int().meta({ description: 'Months of single sellers that made their norm' }),
            normsAsked: z.number().int(),
          })
          .meta({ id: 'ReplayedIndicator' }),
      )
      .meta({ description: 'The plan held against the same months; empty without one' }),
    split: z
      .object({
        won: z.object({ sales: z.number().int(), kopecks }).meta({ description: 'In the month so far' }),
        open: z.object({
          deals: z.number().int(),
          expected: z.number(),
          low: z.number(),
          high: z.number(),
          kopecks,
        }),
        fresh: z.object({ deals: z.number(), expected: z.number(), kopecks }),
        missing: z.number().meta({ description: 'Sales that neither brings; below 0 where there is more than needed' }),
        moreDeals: z.number().int().nullable().meta({
          description: 'New deals that would have to begin now for what is missing; null where none can mature',
        }),
        chanceOfNew: z.number(),
        unknown: z.number().int().meta({ description: 'Open deals in stages of which too little is known' }),
      })
      .nullable()
      .meta({ description: 'Null for a plan of all pipelines, and for a month that is over', id: 'PlanLagSplit' }),
  })
  .meta({ id: 'PlanOutlook' });
export type PlanOutlookView = z.infer<typeof outlookSchema>;
