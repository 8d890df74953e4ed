import { z } from 'zod';
import { cursor, instant, limit, plainText, portalId } from '../http/plain-values.js';

const filters = {
  action: plainText(60).optional().meta({ description: 'As it is written in the list', example: 'session.begin' }),
  accountId: z.uuid().optional().meta({ description: 'Who did it' }),
  result: z.enum(['done', 'refused', 'failed']).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'First moment after the period' }),
};

export const auditQuery = z.strictObject({ ...filters, limit, cursor: cursor.optional() });
export type AuditQuery = z.infer<typeof auditQuery>;
export const auditExportQuery = z.strictObject(filters);
export type AuditExportQuery = z.infer<typeof auditExportQuery>;

export const auditPageSchema = z
  .object({
    items: z.array(
      z
        .object({
          auditId: z.number().int(),
          at: instant,
          actor: z.enum(['account', 'nobody', 'command line', 'system']),
          accountId: z.uuid().nullable(),
          accountName: z.string().nullable(),
          action: z.string(),
          portalId: portalId.nullable(),
          portalName: z.string().nullable(),
          object: z.string().nullable(),
          address: z.string().nullable(),
          result: z.enum(['done', 'refused', 'failed']),
          details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
        })
        .meta({ id: 'AuditEntry' }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof auditPageSchema>;
