import { z } from 'zod';
import { kopecks, month, readsAfter } from '../http/plain-values.js';

export const payQuery = z.strictObject({
  ...readsAfter,
  month,
  soldMore: kopecks
    .regex(/^\d{1,12}$/, 'must be whole kopecks')
    .optional()
    .meta({ description: 'What if so much more were sold, kopecks' }),
});
export type PayQuery = z.infer<typeof payQuery>;

export const payLineSchema = z.object({
  kind: z.string(),
  id: z.string().nullable(),
  kopecks,
  because: z.record(z.string(), z.string()).meta({ description: 'The figures it follows from' }),
});
export const paySchema = z
  .object({
    month: z.string(),
    isProvisional: z.literal(true).meta({ description: 'Until the month is closed' }),
    items: z.array(
      z.object({
        userId: z.string(),
        name: z.string().nullable(),
        schemeId: z.string(),
        version: z.number().int(),
        isSigned: z.boolean(),
        currency: z.string().meta({ description: 'Of the scheme: all amounts are in it', example: 'RUB' }),
        points: z
          .string()
          .nullable()
          .meta({ description: 'A fraction in lowest terms; null where the salary goes by none' }),
        target: z.number().int().nullable(),
        nextThreshold: z
          .object({ missing: z.string(), part: z.string(), gainKopecks: kopecks })
          .nullable()
          .meta({ description: 'Points missing to the next part of the salary, and what it adds; null at the top' }),
        nextTier: z
          .object({ missingKopecks: kopecks, rate: z.string(), gainKopecks: kopecks })
          .nullable()
          .meta({ description: 'Sales missing to the next tier, and what they add to the pay; null at the top' }),
        lines: z.array(payLineSchema),
        totalKopecks: kopecks,
        whatIf: z.object({ lines: z.array(payLineSchema), totalKopecks: kopecks }).nullable(),
        fault: z
          .string()
          .nullable()
          .meta({ description: 'Why nothing can be computed, such as a quota by a plan that is not there' }),
      }),
    ),
  })
  .meta({ id: 'ProvisionalPay' });
export type PayView = z.infer<typeof paySchema>;
