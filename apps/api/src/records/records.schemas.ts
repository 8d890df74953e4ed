import { z } from 'zod';
import { asOfSchema } from '../funnel/funnel.schemas.js';
import {
  asAt,
  cursor,
  entityKind,
  instant,
  kopecks,
  limit,
  momentAskedAbout,
  personalMode,
  personalState,
  portalId,
  position,
  readsAfter,
  recordId,
} from '../http/plain-values.js';

export const recordParams = z.object({ portalId, kind: entityKind, recordId });
export type RecordParams = z.infer<typeof recordParams>;
const moment = { asOf: momentAskedAbout.optional(), asAt: asAt.optional() };
export const recordQuery = z.strictObject({ ...readsAfter, ...moment, personal: personalMode });
export type RecordQuery = z.infer<typeof recordQuery>;
export const eventsQuery = z.strictObject({
  ...readsAfter,
  ...moment,
  limit,
  cursor: cursor.optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
  personal: personalMode,
});
export type EventsQuery = z.infer<typeof eventsQuery>;

const visit = z
  .object({
    pipelineId: z.string(),
    pipelineName: z.string().nullable(),
    stageId: z.string(),
    stageName: z.string().nullable(),
    semantics: z.enum(['P', 'S', 'F']),
    enteredAt: instant,
    leftAt: instant.nullable(),
    seconds: z.number().meta({ description: 'Time in stage, so far for the last visit' }),
    provenance: z.enum(['observed', 'backfilled', 'reconstructed']),
    eventId: z.string(),
  })
  .meta({ id: 'StageVisit' });

export const recordSchema = z
  .object({
    kind: z.string(),
    id: z.string(),
    title: z.string().nullable().meta({ description: 'null: none, erased, or masked' }),
    portalUrl: z.string().nullable().meta({ description: 'Card of the record in the portal' }),
    state: z.enum(['present', 'deleted', 'merged']),
    mergedInto: z.string().nullable(),
    goneAt: instant.nullable(),
    sellerId: z.string(),
    sellerName: z.string().nullable(),
    amountKopecks: kopecks.nullable(),
    currency: z.string().nullable(),
    pipelineId: z.string().nullable(),
    pipelineName: z.string().nullable(),
    stageId: z.string().nullable(),
    stageName: z.string().nullable(),
    createdAt: instant.nullable(),
    modifiedAt: instant.nullable(),
    links: z.array(z.object({ kind: z.string(), id: z.string() })).meta({ description: 'Records this one names' }),
    visits: z.array(visit),
    personal: personalState,
    asOf: asOfSchema,
  })
  .meta({ id: 'Record' });
export type RecordView = z.infer<typeof recordSchema>;

const fieldOfEvent = z
  .object({
    field: z.string(),
    before: z.unknown().optional().meta({ description: 'Only for a change of a field that is not personal' }),
    beforeLabel: z.string().nullable().optional().meta({ description: 'What the value is called in the portal' }),
    after: z.unknown(),
    afterLabel: z.string().nullable(),
    personal: z.boolean().meta({ description: 'Was stored encrypted' }),
  })
  .meta({ id: 'EventField' });

export const recordEventSchema = z
  .object({
    eventId: z.string(),
    position,
    version: z.number().int(),
    type: z.string(),
    verb: z.string().nullable().meta({ example: 'StageMoved' }),
    occurredAt: instant,
    recordedAt: instant,
    actor: z.string().meta({ example: 'user:4' }),
    actorName: z.string().nullable(),
    provenance: z.enum(['observed', 'backfilled', 'reconstructed']),
    move: z
      .object({
        pipelineId: z.string(),
        pipelineName: z.string().nullable(),
        stageId: z.string(),
        stageName: z.string().nullable(),
        semantics: z.string(),
      })
      .nullable(),
    fields: z.array(fieldOfEvent),
    erased: z.boolean(),
  })
  .meta({ id: 'RecordEvent' });

export const recordEventPageSchema = z
  .object({ items: z.array(recordEventSchema), personal: personalState, nextCursor: z.string().nullable() })
  .meta({ id: 'RecordEventPage' });
export type RecordEventPage = z.infer<typeof recordEventPageSchema>;
