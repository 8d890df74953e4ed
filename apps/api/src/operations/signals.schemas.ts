import { signalNames } from '@funnelwatch/reporting-contracts';
import { z } from 'zod';
import { instant, portalId } from '../http/plain-values.js';

/** The gravest first. */
export const standings = ['critical', 'warning', 'well'] as const;

const standing = z.enum(standings).meta({
  id: 'SignalStanding',
  description: '`critical`: somebody has to act now; `warning`: somebody has to look; `well`: neither',
});

export const signalsQuery = z.strictObject({
  least: z.enum(standings).default('well').meta({
    description: 'Only signals that stand at least so badly: `warning` leaves out those that are well',
  }),
});
export type SignalsQuery = z.infer<typeof signalsQuery>;

const bound = (what: string) =>
  z
    .number()
    .nullable()
    .meta({ description: `${what} above this; null: never` });

const signalSchema = z
  .object({
    signal: z.enum(signalNames).meta({ id: 'SignalName', description: 'What is measured' }),
    portalId: portalId.nullable().meta({ description: 'Null for what concerns the installation' }),
    portalName: z.string().nullable(),
    subject: z.string().meta({
      description: 'What of it, where there are several: a read model and bucket, a plan, a channel',
      example: 'funnel:3',
    }),
    value: z.number().meta({ description: 'The figure, in its unit; 1 for yes', example: 1200 }),
    unit: z.enum(['seconds', 'count', 'yes', 'times']),
    warnAt: bound('A warning'),
    criticalAt: bound('Critical'),
    standing,
  })
  .meta({ id: 'Signal', description: 'One thing that is watched' });
export type SignalView = z.infer<typeof signalSchema>;

export const signalListSchema = z
  .object({
    at: instant,
    counts: z
      .object({ critical: z.number().int(), warning: z.number().int(), well: z.number().int() })
      .meta({ description: 'How many signals stand so, those that were not asked for too' }),
    items: z.array(signalSchema).meta({ description: 'The gravest first' }),
  })
  .meta({ id: 'SignalList' });
export type SignalList = z.infer<typeof signalListSchema>;
