import { z } from 'zod';
import { position } from '../http/plain-values.js';

/** No filters: a page that shows less asks for less when it is told. */
export const changesQuery = z.strictObject({});

export const changeSchema = z
  .object({
    position: position.meta({ description: 'The figures include everything up to here' }),
    events: z.number().int(),
    kinds: z.array(z.string()).meta({ description: 'Kinds of records and configuration that changed' }),
    records: z
      .array(z.object({ kind: z.string(), id: z.string() }))
      .meta({ description: 'The first 50 records touched' }),
    more: z.boolean().meta({ description: 'More records than listed were touched' }),
  })
  .meta({ id: 'Change' });
export type Change = z.infer<typeof changeSchema>;
