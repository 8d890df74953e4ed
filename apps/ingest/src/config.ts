import { hostList, masterKeySettings, oneMasterKey } from '@funnelwatch/config';
import { kafkaSettings } from '@funnelwatch/kafka';
import { z } from 'zod';

/** Settings of ingest, from the environment. */
export const configSchema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be the address of a PostgreSQL database' }),
    ...masterKeySettings,
    /** From one poll of a portal to the next. */
    POLL_MS: z.coerce.number().int().min(50).max(3_600_000).default(30_000),
    /** Between passes over the sets of ids. */
    RECONCILE_MS: z.coerce.number().int().min(100).max(86_400_000).default(900_000),
    /** How far windows of modified time reach back, in portal time. */
    OVERLAP_MS: z.coerce.number().int().min(1000).max(86_400_000).default(300_000),
    /** `off` for portals without a limit of requests (on-premise by default). */
    LIMITS: z.enum(['auto', 'off']).default('auto'),
    /** Commands in a request of the backfill: a fixed number, or adapted to the portal's speed. */
    BATCH_COMMANDS: z.union([z.literal('adaptive'), z.coerce.number().int().min(1).max(50)]).default('adaptive'),
    /** `on`: read the history of the portals and nothing after it, for measurements. */
    BACKFILL_ONLY: z.enum(['on', 'off']).default('off'),
    /** Certificate authority of portals in a private network (PEM file). */
    FUNNELWATCH_PORTAL_CA: z.string().optional(),
    /** Portals in a private network: `host` or `host:port`. Everything else must be on the public internet. */
    PORTAL_PRIVATE_HOSTS: hostList.default([]),
    /** A backfill waits while more events than this are not yet in the read models. */
    MAX_LAG_EVENTS: z.coerce.number().int().min(1000).default(50_000),
    /** Where health and metrics are served; 0 takes a free port. */
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    /** `relay` copies the log to Kafka and reads no portal, `capture` the other way round. */
    INGEST_ROLE: z.enum(['both', 'capture', 'relay']).default('both'),
    ...kafkaSettings,
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine(...oneMasterKey);
