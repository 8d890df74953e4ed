import { z } from 'zod';
import { instant, portalId, position, readsAfter } from '../http/plain-values.js';
import { caseRowSchema, person } from './cases.schemas.js';

export const coachingsQuery = z.object({ status: z.enum(['open', 'done']).default('open'), ...readsAfter });
export type CoachingsQuery = z.infer<typeof coachingsQuery>;

export const coachingListSchema = z
  .object({
    items: z.array(
      z
        .object({
          coachingId: z.uuid(),
          person,
          ruleId: z.string(),
          status: z.enum(['open', 'done', 'withdrawn']),
          since: instant.meta({ description: 'When the case began that made them so many; CRM time' }),
          doneAt: instant.nullable(),
          cases: z.array(caseRowSchema).meta({ description: 'The cases folded under it' }),
        })
        .meta({ id: 'Coaching' }),
    ),
  })
  .meta({
    id: 'CoachingList',
    description: 'One talk about a rule broken again and again, instead of one about each case',
  });
export type CoachingList = z.infer<typeof coachingListSchema>;

export const coachingParams = z.object({ portalId, coachingId: z.uuid() });
export const handledCoachingSchema = z
  .object({ position, isChanged: z.boolean(), status: z.enum(['open', 'done', 'withdrawn']) })
  .meta({ id: 'HandledCoaching' });
