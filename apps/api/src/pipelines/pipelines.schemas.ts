import { z } from 'zod';
import {
  asAt,
  day,
  instant,
  momentAskedAbout,
  pipelineId,
  pipelineKind,
  plainText,
  portalId,
  position,
  readsAfter,
  stageId,
} from '../http/plain-values.js';

export const plainReadQuery = z.strictObject({ ...readsAfter });

export const sellersQuery = z.strictObject({ ...readsAfter, asAt: asAt.optional() });
export type SellersQuery = z.infer<typeof sellersQuery>;

export const pipelinesQuery = z.strictObject({
  ...readsAfter,
  asOf: momentAskedAbout.optional(),
  asAt: asAt.optional(),
});
export type PipelinesQuery = z.infer<typeof pipelinesQuery>;

export const stageSchema = z
  .object({
    stageId: z.string(),
    name: z.string(),
    semantics: z.enum(['P', 'S', 'F']).meta({ description: 'P in process, S success, F failure' }),
    rank: z.number().int().nullable().meta({ description: 'Place in the funnel from 0; lost stages have none' }),
    sort: z.number().int(),
    color: z.string().nullable(),
    removed: z.boolean().meta({ description: 'No longer in the configuration; keeps its last known place' }),
    meaning: z.string().nullable().meta({ description: 'What the stage means to the business', example: 'meeting' }),
  })
  .meta({ id: 'Stage' });

export const pipelineSchema = z
  .object({
    pipelineId: z.string(),
    kind: pipelineKind,
    name: z.string(),
    sort: z.number().int(),
    isDefault: z.boolean(),
    removed: z.boolean(),
    stages: z.array(stageSchema).meta({ description: 'In the order of the funnel, lost stages last' }),
  })
  .meta({ id: 'Pipeline' });
export const pipelineListSchema = z.object({ items: z.array(pipelineSchema) }).meta({ id: 'PipelineList' });
export type PipelineList = z.infer<typeof pipelineListSchema>;

const sellerSchema = z
  .object({
    sellerId: z.string(),
    name: z.string().nullable(),
    active: z.boolean(),
    departmentIds: z.array(z.string()),
  })
  .meta({ id: 'Seller' });
export const sellerListSchema = z.object({ items: z.array(sellerSchema) }).meta({ id: 'SellerList' });
export type SellerList = z.infer<typeof sellerListSchema>;

export const annotationsQuery = z
  .strictObject({
    ...readsAfter,
    pipeline: pipelineId.optional(),
    from: day.optional(),
    to: day.optional(),
    asAt: asAt.optional(),
  })
  .refine((query) => !query.from || !query.to || query.from < query.to, {
    path: ['to'],
    message: 'must be later than from',
  });
const annotationSchema = z
  .object({
    at: instant,
    pipelineId: z.string(),
    change: z.enum([
      'pipeline-added',
      'pipeline-removed',
      'pipeline-renamed',
      'stage-added',
      'stage-removed',
      'stage-restored',
      'stage-renamed',
      'stage-retyped',
      'stages-reordered',
      'meaning-mapped',
    ]),
    stageId: z.string().nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    position,
  })
  .meta({ id: 'Annotation' });
export const annotationListSchema = z.object({ items: z.array(annotationSchema) }).meta({ id: 'AnnotationList' });
export type AnnotationList = z.infer<typeof annotationListSchema>;

export const stageMeaningParams = z.object({ portalId, pipelineId, stageId });
export const stageMeaningBody = z
  .strictObject({
    meaning: plainText(40)
      .nullable()
      .meta({ description: 'For example contact, meeting, proposal; null takes the meaning away', example: 'meeting' }),
    validFrom: day.optional().meta({ description: "First day it holds, in the portal's zone; always, when left out" }),
  })
  .meta({ id: 'StageMeaning' });
export const decidedSchema = z
  .object({ position: position.meta({ description: 'Pass it as minPosition to see the change' }) })
  .meta({ id: 'Decided' });
export type Decided = z.infer<typeof decidedSchema>;
