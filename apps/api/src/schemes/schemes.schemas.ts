import { schemeSchema } from '@funnelwatch/motivation';
import { z } from 'zod';
import { userId } from '../cases/cases.schemas.js';
import { month, portalId, position, readsAfter } from '../http/plain-values.js';

const schemeId = z.uuid().meta({ description: 'Our id of the scheme' });
export const schemeParams = z.object({ portalId, schemeId });
export const plainSchemeQuery = z.strictObject({ ...readsAfter });
export const withdrawQuery = z.strictObject({ fromMonth: month });

export const schemeBody = z.strictObject({ scheme: schemeSchema, sellerIds: z.array(userId).min(1).max(500) });
export type SchemeBody = z.infer<typeof schemeBody>;
export const schemePreviewBody = z.strictObject({ scheme: schemeSchema });
export type SchemePreviewBody = z.infer<typeof schemePreviewBody>;
const version = z.number().int().min(1);
export const approvalBody = z.strictObject({ version });
export type ApprovalBody = z.infer<typeof approvalBody>;
export const issueSchemeBody = z.strictObject({ version, fromMonth: month });
export type IssueSchemeBody = z.infer<typeof issueSchemeBody>;

const findingSchema = z
  .object({
    severity: z.enum(['fault', 'warning']),
    code: z.string(),
    path: z.string().meta({ example: 'commission.tiers.2.rate' }),
    values: z.record(z.string(), z.string()),
  })
  .meta({ id: 'SchemeFinding' });
export const schemePreviewSchema = z.object({ findings: z.array(findingSchema) }).meta({ id: 'SchemePreview' });

export const schemeViewSchema = z
  .object({
    schemeId: z.string(),
    withdrawnFrom: z.string().nullable(),
    versions: z.array(
      z.object({
        version: z.number().int(),
        fromMonth: z.string().nullable().meta({ description: 'First month it pays by; null while it is a draft' }),
        isApproved: z.boolean(),
        scheme: schemeSchema,
        signatures: z.array(z.object({ userId: z.string(), name: z.string().nullable(), isSigned: z.boolean() })),
      }),
    ),
    findings: z.array(findingSchema).meta({ description: 'Of the latest version' }),
  })
  .meta({ id: 'Scheme' });
export type SchemeView = z.infer<typeof schemeViewSchema>;
export const schemeListSchema = z.object({ items: z.array(schemeViewSchema) }).meta({ id: 'SchemeList' });
export const schemeDecidedSchema = z
  .object({
    position: position.meta({ description: 'Pass it as minPosition to see the change' }),
    version: z.number().int(),
  })
  .meta({ id: 'SchemeDecided' });
export const schemeWrittenSchema = schemeDecidedSchema.extend({ schemeId }).meta({ id: 'SchemeWritten' });
