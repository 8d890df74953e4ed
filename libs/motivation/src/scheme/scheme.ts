import { z } from 'zod';

/** A share or rate as people write it: `0.15`; exact, never a float. */
const share = z
  .string()
  .regex(/^\d{1,3}(\.\d{1,6})?$/, 'must be a decimal such as 0.15')
  .meta({ description: 'A decimal share as text, so that nothing is lost to rounding', example: '0.15' });
/** Roubles with kopecks as text. */
const money = z
  .string()
  .regex(/^\d{1,12}\.\d{2}$/, 'must be an amount such as 20000.00')
  .meta({ description: 'An amount as text with two decimals', example: '20000.00' });
const id = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, a letter first');
const whole = z.number().int().min(1).max(1_000_000);

const weighted = z
  .strictObject({
    indicator: id.meta({ description: 'Indicator of the portal that is counted' }),
    weight: z.number().int().min(1).max(100_000).meta({ description: 'Points of one credited action' }),
    dailyCap: whole.optional().meta({ description: 'Most actions credited to a person on one day' }),
    periodCap: whole.optional().meta({ description: 'Most actions credited to a person in the period' }),
    largestShare: share.optional().meta({ description: 'Largest share of the target that this indicator may bring' }),
  })
  .meta({ id: 'WeightedIndicator' });

const step = z.strictObject({ from: share, part: share }).meta({ id: 'SalaryStep' });
const tier = z.strictObject({ from: share, rate: share }).meta({ id: 'CommissionTier' });

/** What is counted as a sale, and when: the stage that wins a deal, or the paid stage of its invoice. */
const counted = z.enum(['won', 'paid']);

/**
 * A motivation scheme: salary by points, a percentage of sales by tiers, extras, and what bounds them all. Every bound from
 * which something holds is inclusive.
 */
export const schemeSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(120),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency such as RUB'),
    salary: z
      .strictObject({
        amount: money,
        points: z
          .strictObject({
            target: z.number().int().min(1).max(10_000_000),
            indicators: z.array(weighted).min(1).max(20),
            shape: z.enum(['steps', 'linear']).meta({ description: 'linear: between the bounds in proportion' }),
            table: z.array(step).min(1).max(20).meta({ description: 'Share of the target → part of the salary' }),
          })
          .optional()
          .meta({ description: 'Left out: the salary does not depend on points' }),
      })
      .meta({ id: 'SchemeSalary' }),
    commission: z
      .strictObject({
        counted,
        quota: z
          .union([money, z.literal('plan')])
          .meta({ description: '`plan`: the seller’s part of the signed plan' }),
        mode: z.enum(['marginal', 'cliff']).meta({ description: 'cliff: the rate reached holds for everything' }),
        tiers: z.array(tier).min(1).max(20).meta({ description: 'Share of the quota → rate' }),
      })
      .optional()
      .meta({ id: 'SchemeCommission' }),
    spiffs: z
      .array(
        z.strictObject({
          id,
          indicator: id,
          amount: money,
          from: z.iso.date(),
          to: z.iso.date(),
          budget: money.optional(),
        }),
      )
      .max(20)
      .optional()
      .meta({ description: 'An amount for each credited action between two days' }),
    teamBonus: z
      .strictObject({ amount: money, from: share })
      .optional()
      .meta({ description: 'For each seller when the team reaches this share of its plan' }),
    quality: z
      .strictObject({ appliesTo: z.enum(['salary', 'commission', 'all']), least: share, most: share })
      .optional()
      .meta({ description: 'The quality of work as a condition of earning, within bounds' }),
    floor: money.optional(),
    cap: money.optional(),
    draw: z.strictObject({ amount: money, recoverable: z.boolean() }).optional(),
  })
  .meta({ id: 'MotivationScheme' });

export type MotivationScheme = z.infer<typeof schemeSchema>;
