import { z } from 'zod';
import { cursor, instant, limit, plainText, portalId } from '../http/plain-values.js';

const projection = plainText(100).meta({ description: 'Name of a read model', example: 'funnel' });

export const quarantineQuery = z.strictObject({
  projection: projection.optional(),
  portalId: portalId.optional(),
  limit,
  cursor: cursor.optional(),
});
export type QuarantineQuery = z.infer<typeof quarantineQuery>;

export const lagQuery = z.strictObject({ projection: projection.optional() });
export type LagQuery = z.infer<typeof lagQuery>;

export const quarantinedEventParams = z.object({
  id: z.coerce.number().int().positive().meta({ description: 'Number of the event in quarantine' }),
});

const quarantinedEventSchema = z
  .object({
    id: z.number().int(),
    projection: z.string(),
    portalId: z.string(),
    streamId: z.string().meta({ example: 'deal:123' }),
    position: z.string().meta({ description: 'Written bucket:position', example: '3:1042' }),
    eventId: z.string(),
    eventType: z.string().meta({ example: 'DealChanged' }),
    schemaVersion: z.number().int(),
    status: z.enum(['poison', 'queued']).meta({
      description: '`poison`: it could not be applied; `queued`: it waits behind an earlier event of its stream',
    }),
    reasonCode: z.string().nullable().meta({ description: 'Null while queued', example: 'EVENT_VERSION_UNKNOWN' }),
    errorClass: z.string().nullable(),
    attempts: z.number().int(),
    firstFailedAt: instant,
    lastFailedAt: instant.nullable(),
    retryRequestedAt: instant.nullable().meta({ description: 'Set while a retry is awaited' }),
    ageSeconds: z.number(),
  })
  .meta({ id: 'QuarantinedEvent' });

export const quarantinePageSchema = z
  .object({ items: z.array(quarantinedEventSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'QuarantinePage' });
export type QuarantinePage = z.infer<typeof quarantinePageSchema>;

export const retrySchema = z
  .object({
    streams: z.number().int().meta({ description: 'Streams that will be tried again' }),
    events: z.number().int().meta({ description: 'Events that wait in them' }),
  })
  .meta({ id: 'RequestedRetry' });
export type RetryView = z.infer<typeof retrySchema>;

export const projectionLagSchema = z
  .object({
    projection: z.string(),
    bucket: z.number().int(),
    head: z.number().int().meta({ description: 'Position of the last event of the bucket' }),
    position: z.number().int().meta({ description: 'Position up to which the read model is committed' }),
    events: z.number().int().meta({ description: 'Events appended and not yet dealt with' }),
    seconds: z.number().meta({ description: 'Age of the oldest of them' }),
    status: z.enum(['running', 'stopped']),
    stoppedAt: z.number().int().nullable().meta({ description: 'Position at which the bucket stopped' }),
    errorCode: z.string().nullable().meta({ example: 'CHECKPOINT_AHEAD_OF_LOG' }),
  })
  .meta({ id: 'ProjectionLag' });

export const lagListSchema = z.object({ items: z.array(projectionLagSchema) }).meta({ id: 'ProjectionLagList' });
export type LagList = z.infer<typeof lagListSchema>;

export const rebuildsQuery = z.strictObject({ projection: projection.optional() });
export type RebuildsQuery = z.infer<typeof rebuildsQuery>;

const rebuildSchema = z
  .object({
    projection: z.string(),
    generation: z.number().int(),
    state: z.enum(['building', 'serving', 'retired', 'failed']).meta({
      description: '`retired` served before and is kept up to date; `failed` differed from what serves',
    }),
    definitionVersion: z.string(),
    requestedAt: instant,
    switchedAt: instant.nullable(),
    postponed: z.string().nullable().meta({ description: 'Why the last attempt to switch was put off' }),
    failure: z.string().nullable().meta({ description: 'How its rows differed from those that serve' }),
    done: z.number().meta({ description: 'Events applied' }),
    total: z.number().meta({ description: 'Events in the log' }),
    eventsPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
    mostEventsPerSecond: z.number().int().nullable(),
  })
  .meta({ id: 'Rebuild' });

export const rebuildListSchema = z.object({ items: z.array(rebuildSchema) }).meta({ id: 'RebuildList' });
export type RebuildList = z.infer<typeof rebuildListSchema>;
