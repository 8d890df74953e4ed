import { schemeSchema } from '@funnelwatch/motivation';
import { z } from 'zod';
import { userId } from '../cases/cases.schemas.js';
import { kopecks, month, portalId, position, readsAfter } from '../http/plain-values.js';

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

export const payQuery = z.strictObject({
  ...readsAfter,
  month,
  soldMore: kopecks
    .regex(/^\d{1,12}$/, 'must be whole kopecks')
    .optional()
    .meta({ description: 'What if so much more were sold, kopecks' }),
});
export type PayQuery = z.infer<typeof payQuery>;

const lineSchema = z.object({
  kind: z.string(),
  id: z.string().nullable(),
  kopecks,
  because: z.record(z.string(), z.string()).meta({ description: 'The figures it follows from' }),
});
export const paySchema = z
  .object({
    month: z.string(),
    isProvisional: z.literal(true).meta({ description: 'Until the month is closed' }),
    items: z.array(
      z.object({
        userId: z.string(),
        name: z.string().nullable(),
        schemeId: z.string(),
        version: z.number().int(),
        isSigned: z.boolean(),
        currency: z.string().meta({ description: 'Of the scheme: all amounts are in it', example: 'RUB' }),
        points: z
          .string()
          .nullable()
          .meta({ description: 'A fraction in lowest terms; null where the salary goes by none' }),
        target: z.number().int().nullable(),
        nextThreshold: z
          .object({ missing: z.string(), part: z.string() })
          .nullable()
          .meta({ description: 'Points missing to the next part of the salary; null at the top' }),
        lines: z.array(lineSchema),
        totalKopecks: kopecks,
        whatIf: z.object({ lines: z.array(lineSchema), totalKopecks: kopecks }).nullable(),
        fault: z
          .string()
          .nullable()
          .meta({ description: 'Why nothing can be computed, such as a quota by a plan that is not there' }),
      }),
    ),
  })
  .meta({ id: 'ProvisionalPay' });
export type PayView = z.infer<typeof paySchema>;
