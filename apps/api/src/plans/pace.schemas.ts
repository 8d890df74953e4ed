import { z } from 'zod';
import { month, readsAfter } from '../http/plain-values.js';

export const paceQuery = z.strictObject({ ...readsAfter, month });
export type PaceQuery = z.infer<typeof paceQuery>;

const cellSchema = z.object({
  indicatorId: z.string().nullable().meta({ description: 'Null: sales' }),
  norm: z.string().meta({ description: 'For the whole month' }),
  done: z.number().int(),
  today: z.number().int(),
  due: z.number().meta({ description: 'What of the norm is due by the working time that has passed' }),
  toGo: z.string().meta({ description: 'What is left of the norm' }),
  perDay: z
    .number()
    .int()
    .nullable()
    .meta({ description: 'What that takes on each working day left; null when none is' }),
  runRate: z
    .number()
    .nullable()
    .meta({ description: 'What the month would come to at this rate: an extrapolation; null before any working time' }),
  chance: z
    .number()
    .nullable()
    .meta({ description: 'Chance to make the norm at a steady rate (gamma–Poisson); null before any working time' }),
});

const rowSchema = z.object({
  userId: z.string(),
  name: z.string().nullable(),
  cells: z.array(cellSchema),
  sold: z.string().meta({ description: 'Kopecks won in the month, of the base currency' }),
  target: z.string().meta({ description: 'Kopecks: the part of the target by weight' }),
});

export const paceSchema = z
  .object({
    month: z.string(),
    asOf: z.string().nullable().meta({ description: 'Through when the portal was read; null before the first time' }),
    workingDays: z.object({ all: z.number().int(), left: z.number().int() }),
    elapsed: z.number().meta({ description: 'Share of the working time of the month that has passed' }),
    plans: z.array(
      z.object({
        planId: z.string(),
        name: z.string(),
        version: z.number().int(),
        team: z.array(cellSchema),
        rows: z.array(rowSchema),
        sold: z.string(),
        target: z.string(),
      }),
    ),
  })
  .meta({ id: 'Pace' });
export type PaceView = z.infer<typeof paceSchema>;
type PaceCell = z.infer<typeof cellSchema>;
export type { PaceCell };
