import { schemeSchema } from '@funnelwatch/motivation';
import { z } from 'zod';
import { userId } from '../cases/cases.schemas.js';
import { kopecks, month } from '../http/plain-values.js';

const longestMonths = 24;
const ordinal = (text: string) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5));

export const simulationBody = z
  .strictObject({ scheme: schemeSchema, sellerIds: z.array(userId).min(1).max(500), from: month, to: month })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not come before the first month' })
  .refine(({ from, to }) => ordinal(to) - ordinal(from) < longestMonths, {
    path: ['to'],
    message: `must lie within ${longestMonths} months`,
  })
  .meta({ id: 'SimulateScheme' });
export type SimulationBody = z.infer<typeof simulationBody>;

const paid = kopecks.nullable().meta({ description: 'What was paid, or held then; null where nothing did' });
export const simulationSchema = z
  .object({
    budgetKopecks: kopecks,
    paidKopecks: paid,
    soldKopecks: kopecks.meta({ description: 'What the scheme counts as sold' }),
    planless: z.number().int().meta({ description: 'Months of people that cannot be computed without a plan' }),
    months: z.array(z.object({ month: z.string(), kopecks, paidKopecks: paid })),
    people: z
      .array(
        z.object({
          userId: z.string(),
          name: z.string().nullable(),
          months: z.number().int(),
          kopecks,
          paidKopecks: paid,
          differenceKopecks: kopecks.nullable().meta({ description: 'Over the months that both pay' }),
        }),
      )
      .meta({ description: 'Who loses most first' }),
    thresholds: z.array(
      z
        .object({
          of: z.enum(['points', 'commission']),
          from: z.string(),
          justBelow: z.number().int().meta({ description: 'Months of people within a tenth below the bound' }),
          justAbove: z.number().int(),
        })
        .meta({ id: 'ThresholdCrowd' }),
    ),
    sensitivity: z.array(
      z.object({ what: z.enum(['sales', 'actions']), percent: z.number().int(), kopecks }).meta({ id: 'BudgetIf' }),
    ),
  })
  .meta({ id: 'SchemeSimulation' });
export type SimulationView = z.infer<typeof simulationSchema>;
