import { z } from 'zod';

export const instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** `7,30,none` */
export const horizonsSchema = z.array(
  z.union([z.literal('none').transform(() => null), z.coerce.number().int().positive()]),
);

export const faultSchema = z.object({
  id: z.string().min(1).optional(),
  kind: z.enum([
    'error',
    'html-502',
    'empty-503',
    'html-404',
    'html-200',
    'redirect',
    'slow',
    'reset-before',
    'reset-after',
  ]),
  method: z.string().min(1).default('*'),
  probability: z.number().min(0).max(1).default(1),
  count: z.number().int().min(1).nullable().default(null),
  code: z.string().optional(),
  status: z.number().int().min(200).max(599).optional(),
  description: z.string().optional(),
  location: z.url().optional(),
  delayMs: z.number().int().min(0).max(120_000).optional(),
});

export const clockSchema = z.strictObject({
  speed: z.number().min(0).max(100_000_000).optional(),
  pauseAt: instant.optional(),
  advanceTo: instant.optional(),
  advanceToEnd: z.boolean().optional(),
});

const kinds = [
  'lead',
  'deal',
  'contact',
  'company',
  'invoice',
  'activity',
  'call',
  'task',
  'requisite',
  'status',
] as const;

export const settingsSchema = z
  .strictObject({
    statusProfile: z.enum(['documented', 'box-legacy']),
    historyMode: z.enum(['append', 'legacy-rewrite']),
    subscription: z.enum(['active', 'lapsed']),
    hidden: z.array(
      z.strictObject({
        entity: z.enum(kinds),
        ids: z.array(z.number().int()).optional(),
        assignedTo: z.number().int().optional(),
      }),
    ),
    userDates: z.enum(['object', 'text', 'locale']),
    batchAccounting: z.enum(['nested', 'outer']),
    limits: z.boolean(),
    requestsPerSecond: z.number().positive(),
    requestBurst: z.number().int().min(0),
    countsRefused: z.boolean(),
    operatingLimitSeconds: z.number().positive(),
    operatingCostSeconds: z.number().min(0),
    historyNumbersAsText: z.boolean(),
  })
  .partial();

export const webhookSchema = z.strictObject({
  userId: z.number().int().positive(),
  scopes: z.array(z.string()).optional(),
  sees: z.enum(['all', 'own']).optional(),
});

export const webhookChangeSchema = z.strictObject({
  code: z.string(),
  isRevoked: z.boolean().optional(),
  scopes: z.array(z.string()).optional(),
  sees: z.enum(['all', 'own']).optional(),
});

const entitySchema = z.enum([
  'user',
  'department',
  'category',
  'status',
  'userfield',
  'currency',
  'lead',
  'deal',
  'contact',
  'company',
  'requisite',
  'invoice',
  'activity',
  'call',
  'task',
]);
/** A number, or the code of a currency. */
const recordId = z.string().regex(/^([1-9]\d*|[A-Z]{3}|0)$/);

export const operationSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), entity: entitySchema, id: recordId, fields: z.record(z.string(), z.unknown()) }),
  z.object({
    op: z.literal('update'),
    entity: entitySchema,
    id: recordId,
    fields: z.record(z.string(), z.unknown()),
    way: z.enum(['classic', 'item', 'silent']).default('classic'),
  }),
  z.object({ op: z.literal('delete'), entity: entitySchema, id: recordId }),
  z.object({
    op: z.literal('merge'),
    entity: z.enum(['lead', 'deal', 'contact', 'company']),
    id: recordId,
    losers: z.array(recordId),
  }),
  z.object({
    op: z.literal('set-product-rows'),
    ownerType: z.enum(['L', 'D', 'SI']),
    ownerId: recordId,
    rows: z.array(z.record(z.string(), z.unknown())),
  }),
]);
