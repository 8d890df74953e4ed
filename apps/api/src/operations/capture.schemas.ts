import { z } from 'zod';
import { instant, portalId } from '../http/plain-values.js';

export const captureQuery = z.strictObject({});

const age = (what: string) => z.number().meta({ description: `Seconds since ${what}` });

const certificateSchema = z
  .object({
    at: instant,
    ageSeconds: age('then'),
    day: z.string().meta({ description: "Day in the portal's zone", example: '2026-03-01' }),
    scope: z.enum(['open-objects', 'all']),
    expected: z.number().int().meta({ description: 'Records that the portal counted' }),
    held: z.number().int().meta({ description: 'Records that are held' }),
    unexplained: z.number().int().meta({ description: 'Records that it could not account for' }),
  })
  .meta({ id: 'LatestCertificate' });

const budgetSchema = z
  .object({
    profile: z.string().meta({ description: 'Which limits are reckoned with', example: 'standard' }),
    level: z.number().nullable().meta({ description: "The portal's request counter; null where it keeps none" }),
    capacity: z.number().nullable().meta({ description: 'How far it is let rise' }),
    inFlight: z.number().int().meta({ description: 'Requests on the way' }),
    waiting: z.number().int().meta({ description: 'Requests that wait for their turn' }),
    sent: z.number().int().meta({ description: 'Requests since capture started' }),
    refused: z.number().int().meta({ description: 'Of these, refused by the portal for their number' }),
    busiestMethod: z.string().nullable().meta({ description: 'Method with most operating time' }),
    busiestSeconds: z.number().nullable().meta({ description: 'Its operating seconds in ten minutes, of 480' }),
    pausedMethods: z.number().int().meta({ description: 'Methods paused until their time is given back' }),
    notedAt: instant.meta({ description: 'When capture wrote this down' }),
  })
  .meta({ id: 'BudgetInUse', description: "How much of the portal's own limits is in use" });

const queueSchema = z
  .object({
    open: z.number().int().meta({ description: 'Cases that wait for a verdict' }),
    overdue: z.number().int().meta({ description: 'Of these, beyond their deadline' }),
    nearDue: z.number().int().meta({ description: 'Of these, with three quarters of their time passed' }),
    disputed: z.number().int().meta({ description: 'Cases that employees dispute' }),
    oldestOverdueSeconds: age('the oldest deadline that passed; 0 where none did'),
  })
  .meta({ id: 'QueueLoad' });

const outboxSchema = z
  .object({
    due: z.number().int().meta({ description: 'Messages that are waiting or being sent' }),
    held: z.number().int().meta({ description: 'Messages that are held back' }),
    undelivered: z.number().int().meta({ description: 'Messages that were refused or failed for good' }),
    overdueSeconds: age('the oldest one that is due came due; 0 where none is'),
  })
  .meta({ id: 'OutboxLoad', description: 'Messages to the portal that are not done with' });

const portalCaptureSchema = z
  .object({
    portalId,
    portalName: z.string(),
    zone: z.string().meta({ example: 'Europe/Moscow' }),
    status: z.enum(['active', 'paused']),
    connectionState: z.enum(['connecting', 'connected', 'failed']),
    connectionCode: z.string().nullable().meta({ description: 'Why it failed', example: 'TOKEN_EXPIRED' }),
    phase: z.enum(['waiting', 'configuration', 'backfill', 'live', 'failed']),
    lastPollAt: instant.nullable().meta({ description: 'End of the last successful poll' }),
    pollAgeSeconds: age('the last successful poll').nullable(),
    dataThrough: instant.nullable().meta({ description: 'CRM instant through which every feed is complete' }),
    dataAgeSeconds: age('that instant').nullable(),
    heardAgeSeconds: age('capture last wrote anything about the portal, success or not'),
    visibilityLost: z.number().int().meta({
      description: 'Kinds of records of which more vanished at once than deletions explain',
    }),
    rulesFrozenCode: z.string().nullable().meta({ description: 'Why rules are not judged; null when they are' }),
    certificate: certificateSchema.nullable(),
    budget: budgetSchema.nullable(),
    queue: queueSchema,
    outbox: outboxSchema.nullable(),
  })
  .meta({ id: 'PortalCapture' });
export type PortalCapture = z.infer<typeof portalCaptureSchema>;

export const captureListSchema = z
  .object({ at: instant, items: z.array(portalCaptureSchema).meta({ description: 'One for each portal, by name' }) })
  .meta({ id: 'PortalCaptureList' });
export type CaptureList = z.infer<typeof captureListSchema>;
