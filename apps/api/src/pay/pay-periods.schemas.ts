import { z } from 'zod';
import { userId } from '../cases/cases.schemas.js';
import { instant, kopecks, month, portalId, position, readsAfter } from '../http/plain-values.js';
import { payLineSchema } from './provisional-pay.schemas.js';

export const periodParams = z.object({ portalId, month });
export const payslipParams = z.object({ portalId, month, userId });
export const plainPayQuery = z.strictObject({ ...readsAfter });
export const payrollQuery = z.strictObject({
  ...readsAfter,
  format: z.enum(['xlsx', 'csv']),
  language: z.enum(['ru', 'en']).default('ru'),
});
export type PayrollQuery = z.infer<typeof payrollQuery>;

const closedSchema = z
  .object({
    month: z.string(),
    closedAt: instant,
    asAt: position.meta({ description: 'Facts up to this position counted' }),
    payslips: z.number().int(),
    totalKopecks: kopecks,
  })
  .meta({ id: 'ClosedPayPeriod' });
export const periodListSchema = z
  .object({ items: z.array(closedSchema).meta({ description: 'The latest first' }) })
  .meta({ id: 'PayPeriodList' });

const plainLine = z.object({ kind: z.string(), id: z.string().nullable(), kopecks });
const slipFields = {
  userId: z.string(),
  name: z.string().nullable(),
  month: z.string(),
  scheme: z
    .object({ schemeId: z.string(), version: z.number().int() })
    .nullable()
    .meta({ description: 'Null where nothing but earlier months is paid' }),
  currency: z.string(),
  points: z.string().nullable(),
  lines: z.array(payLineSchema),
  adjustments: z
    .array(z.object({ month: z.string(), lines: z.array(plainLine), advanceKopecks: kopecks }))
    .meta({ description: 'What later facts change in closed months, by the scheme of those' }),
  corrections: z
    .array(z.object({ disputeId: z.string(), month: z.string(), kopecks }))
    .meta({ description: 'Granted when an objection was upheld' }),
  totalKopecks: kopecks,
  advanceKopecks: kopecks.meta({ description: 'What of advances is left to be earned' }),
};

export const periodSchema = z
  .object({
    month: z.string(),
    closed: closedSchema.nullable().meta({ description: 'Null while the month is open' }),
    isPassed: z.boolean().meta({ description: 'It or a later month is closed' }),
    refusals: z
      .array(z.object({ code: z.string(), values: z.record(z.string(), z.string()) }))
      .meta({ description: 'What has to be settled before it is closed; told to those who close' }),
    items: z.array(
      z
        .object({ ...slipFields, hash: z.string().nullable().meta({ description: 'Null while the month is open' }) })
        .meta({ id: 'PayslipSummary' }),
    ),
  })
  .meta({ id: 'PayPeriod' });
export type PayPeriodView = z.infer<typeof periodSchema>;

export const payslipSchema = z
  .object({
    ...slipFields,
    hash: z.string().meta({ description: 'SHA-256 of the text' }),
    text: z.string().meta({ description: 'Canonical JSON: the same bytes wherever it is made again' }),
    isReproduced: z.boolean().meta({ description: 'Made again from the log just now, it came out the same' }),
    factCount: z.number().int().meta({ description: 'How many facts count for it in all' }),
    facts: z
      .array(
        z.object({
          position,
          measure: z.string(),
          doneAt: instant,
          about: z.string().meta({ example: 'deal:123' }),
          actions: z.number().int().meta({ description: 'Below 0 where something was undone' }),
          kopecks: kopecks.nullable(),
          currency: z.string().nullable(),
        }),
      )
      .meta({ description: 'Lines of the ledger that count for it, the newest first, 500 at most' }),
  })
  .meta({ id: 'Payslip' });
export type PayslipView = z.infer<typeof payslipSchema>;

export const periodClosedSchema = z
  .object({
    position: position.meta({ description: 'Pass it as minPosition to see the change' }),
    payslips: z.number().int(),
  })
  .meta({ id: 'PayPeriodClosing' });
