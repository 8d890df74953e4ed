import { z } from 'zod';
import { instant, plainText, portalId, position, timeZone } from '../http/plain-values.js';

export const portalParams = z.object({ portalId });

const listingProgress = z
  .object({
    listing: z.string().meta({ description: 'What is read', example: 'deal' }),
    state: z.enum(['waiting', 'running', 'done', 'unavailable']),
    message: z.string().nullable().meta({ description: 'Why the portal does not give it, and what to do' }),
    done: z.number().int(),
    total: z.number().int().nullable(),
    startedAt: instant.nullable(),
    updatedAt: instant.nullable(),
  })
  .meta({ id: 'BackfillListing' });

const workingHours = z
  .object({
    days: z.array(z.number().int().min(1).max(7)).max(7).meta({ description: 'ISO days of the week, Monday is 1' }),
    from: plainText(5).meta({ example: '09:00' }),
    to: plainText(5).meta({ example: '18:00' }),
  })
  .meta({ id: 'WorkingHours', description: 'When people work in a common week, in the zone of the portal' });

export const portalSchema = z
  .object({
    portalId,
    name: z.string(),
    host: z.string(),
    zone: z.string().meta({ example: 'Europe/Moscow' }),
    currency: z.string().nullable(),
    language: z.string(),
    workingHours,
    settingsVersion: z.number().int().meta({ description: 'Grows with every change of the settings; send it back' }),
    status: z.enum(['active', 'paused', 'removed']),
    connection: z
      .object({
        state: z.enum(['connecting', 'connected', 'failed']),
        code: z.string().nullable(),
        message: z.string().nullable().meta({ description: 'One sentence: what is wrong and what to do' }),
      })
      .meta({ id: 'PortalConnection' }),
    phase: z
      .enum(['waiting', 'configuration', 'backfill', 'live', 'failed'])
      .meta({ description: 'How far capture has come; `live` once the whole portal was read' }),
    backfill: z
      .object({
        done: z.number().int(),
        total: z.number().int().nullable(),
        recordsPerSecond: z.number().nullable(),
        secondsLeft: z.number().nullable(),
        listings: z.array(listingProgress),
      })
      .meta({ id: 'Backfill' }),
    freshness: z
      .object({
        lastTickAt: instant.nullable().meta({ description: 'Last time the portal answered a live poll' }),
        through: instant.nullable().meta({ description: 'CRM instant through which every feed is complete' }),
        lagSeconds: z.number().nullable(),
        projected: position.meta({ description: 'Position that the figures include' }),
        eventsBehind: z
          .number()
          .int()
          .meta({ description: 'Events of the bucket that the figures do not include yet' }),
      })
      .meta({ id: 'Freshness' }),
    certificate: z
      .object({
        day: z.string(),
        at: instant,
        scope: z.enum(['open-objects', 'all']),
        expected: z.number().int(),
        held: z.number().int(),
        unexplained: z.number().int(),
        byKind: z.array(z.object({ kind: z.string(), expected: z.number().int(), held: z.number().int() })),
      })
      .meta({ id: 'CompletenessCertificate' })
      .nullable(),
    counts: z.record(z.string(), z.number().int()).meta({ description: 'Records present in the read model, by kind' }),
    visibilityLost: z
      .array(z.object({ kind: z.string(), held: z.number().int(), missing: z.number().int(), since: instant }))
      .meta({ description: 'Kinds of which more vanished at once than deletions explain: rights were lost' }),
    budget: z
      .object({
        profile: z.string(),
        level: z.number().nullable().meta({ description: "The portal's request counter as we reckon it" }),
        capacity: z.number().nullable(),
        waiting: z.number().int().meta({ description: 'Requests that wait for their turn' }),
        sent: z.number().int(),
        refused: z.number().int(),
        pausedMethods: z.array(z.object({ method: z.string(), seconds: z.number() })),
      })
      .meta({ id: 'PortalBudget', description: "How much of the portal's own limits is in use" })
      .nullable(),
    createdAt: instant,
  })
  .meta({ id: 'Portal' });
export type PortalView = z.infer<typeof portalSchema>;

export const portalListSchema = z.object({ items: z.array(portalSchema) }).meta({ id: 'PortalList' });

export const registerPortalSchema = z
  .strictObject({
    webhookUrl: plainText(500).meta({
      description: 'Incoming webhook of the portal',
      example: 'https://example.bitrix24.ru/rest/1/xxxxxxxxxxxxxxxx/',
    }),
    name: plainText(100).optional(),
    zone: timeZone.optional().meta({ description: 'IANA time zone; Europe/Moscow when left out' }),
  })
  .meta({ id: 'RegisterPortal' });
export type RegisterPortalBody = z.infer<typeof registerPortalSchema>;

export const changePortalSchema = z
  .strictObject({
    version: z.number().int().meta({ description: 'The `settingsVersion` that the change is based on' }),
    name: plainText(100).optional(),
    zone: timeZone.optional(),
    language: z.enum(['ru', 'en']).optional(),
    workingHours: z.strictObject(workingHours.shape).optional(),
  })
  .meta({ id: 'ChangePortal', description: 'What is left out stays as it is' });
export type ChangePortalBody = z.infer<typeof changePortalSchema>;

export const replaceWebhookSchema = z
  .strictObject({
    webhookUrl: plainText(500).meta({ description: 'Incoming webhook of the portal, of the same or a new address' }),
  })
  .meta({ id: 'ReplaceWebhook' });
export type ReplaceWebhookBody = z.infer<typeof replaceWebhookSchema>;
