import { z } from 'zod';
import { instant } from '../http/plain-values.js';
import { projectionLagSchema } from './operations.schemas.js';

export const summaryQuery = z.strictObject({});

export const operationsSummarySchema = z
  .object({
    at: instant,
    lag: z.array(
      projectionLagSchema
        .extend({
          worker: z.string().nullable().meta({ description: 'Who works on the bucket; null when nobody does' }),
          portals: z.number().int().meta({ description: 'Portals placed in the bucket' }),
        })
        .meta({ id: 'BucketOfProjection' }),
    ),
    relay: z
      .array(
        z
          .object({
            bucket: z.number().int(),
            head: z.number().int().meta({ description: 'Position of the last event of the bucket' }),
            position: z.number().int().meta({ description: 'Position up to which Kafka has the events' }),
            events: z.number().int(),
            seconds: z.number(),
          })
          .meta({ id: 'RelayLag' }),
      )
      .meta({ description: 'How far the relay to Kafka is behind; empty where there is none' }),
    workers: z
      .array(
        z
          .object({
            group: z.string().meta({ description: 'Whose buckets it shares: a projection by its name' }),
            name: z.string(),
            buckets: z.array(z.number().int()),
          })
          .meta({ id: 'Worker' }),
      )
      .meta({ description: 'Workers that are alive, those that hold nothing too' }),
    holes: z
      .object({
        count: z.number().int().nullable().meta({ description: 'Always 0; null until counted once' }),
        countedAt: instant.nullable(),
      })
      .meta({ description: 'Positions of the log that were given out and are not there' }),
    quarantine: z.object({
      poison: z.number().int(),
      queued: z.number().int(),
      oldestSeconds: z.number().nullable(),
    }),
  })
  .meta({ id: 'OperationsSummary' });
export type OperationsSummary = z.infer<typeof operationsSummarySchema>;
