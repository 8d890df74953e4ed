import { z } from 'zod';
import { userId } from '../cases/cases.schemas.js';
import { instant, kopecks, month, plainText, portalId, position, readsAfter } from '../http/plain-values.js';

export const disputeParams = z.object({
  portalId,
  disputeId: z.uuid().meta({ description: 'Our id of the objection' }),
});
export const disputesQuery = z.strictObject({ ...readsAfter, month });
export type DisputesQuery = z.infer<typeof disputesQuery>;

const line = z
  .strictObject({ kind: plainText(40), id: plainText(40).nullable() })
  .nullable()
  .meta({ description: 'Which line of pay; null for the month as a whole' });

export const disputeBody = z.strictObject({ month, line, text: plainText(1000) }).meta({ id: 'DisputePay' });
export type DisputeBody = z.infer<typeof disputeBody>;

export const disputeDecisionBody = z
  .strictObject({
    outcome: z.enum(['upheld', 'declined']),
    correctionKopecks: kopecks
      .regex(/^-?\d{1,12}$/, 'must be whole kopecks')
      .meta({ description: 'What is granted beside what the facts bring; 0 where they say it all' }),
    text: plainText(1000),
  })
  .meta({ id: 'DecidePayDispute' });
export type DisputeDecisionBody = z.infer<typeof disputeDecisionBody>;

export const disputeListSchema = z
  .object({
    items: z.array(
      z
        .object({
          disputeId: z.string(),
          month: z.string(),
          userId,
          name: z.string().nullable(),
          line: z.object({ kind: z.string(), id: z.string().nullable() }).nullable(),
          status: z.enum(['open', 'upheld', 'declined', 'withdrawn']),
          disputedAt: instant,
          text: z.string().nullable().meta({ description: 'Null where the person was erased' }),
          correctionKopecks: kopecks,
          decision: z.string().nullable(),
        })
        .meta({ id: 'PayDispute' }),
    ),
  })
  .meta({ id: 'PayDisputeList' });
export type DisputeListView = z.infer<typeof disputeListSchema>;

export const disputeDecidedSchema = z
  .object({
    disputeId: z.string(),
    position: position.meta({ description: 'Pass it as minPosition to see the change' }),
  })
  .meta({ id: 'PayDisputeChanged' });
