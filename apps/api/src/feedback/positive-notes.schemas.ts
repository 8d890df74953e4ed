import { z } from 'zod';
import { position } from '../http/plain-values.js';

const shape = {
  isOn: z.boolean(),
  leastChecks: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .meta({ description: 'From so many opportunities on, a week without a confirmed violation counts' }),
  channel: z.enum(['task', 'notification']).meta({ id: 'PositiveNotesChannel' }),
};

export const positiveNotesSchema = z.object(shape).meta({ id: 'PositiveNotes' });
export const positiveNotesBody = z.strictObject(shape).meta({ id: 'SetPositiveNotes' });
export type PositiveNotesBody = z.infer<typeof positiveNotesBody>;
export const positiveNotesSetSchema = z.object({ position }).meta({ id: 'PositiveNotesSet' });
