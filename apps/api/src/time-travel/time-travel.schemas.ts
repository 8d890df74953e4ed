import { z } from 'zod';
import { asAt, instant, position } from '../http/plain-values.js';

export const timeTravelQuery = z.strictObject({ asAt });
export type TimeTravelQuery = z.infer<typeof timeTravelQuery>;

export const pastKnowledgeSchema = z
  .object({
    state: z.enum(['ready', 'preparing']).meta({ description: 'Figures can be asked for once it is `ready`' }),
    position: position.meta({ description: 'The last event of the portal at or before the position asked about' }),
    knownAt: instant.meta({ description: 'When that event was recorded: the present of answers about it' }),
    done: z.number().int().meta({ description: 'Position through which the portal has been replayed' }),
    total: z.number().int().meta({ description: 'Position through which it will be' }),
  })
  .meta({ id: 'PastKnowledge' });
export type PastKnowledge = z.infer<typeof pastKnowledgeSchema>;
