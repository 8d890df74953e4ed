import { masterKeySettings, oneMasterKey } from '@funnelwatch/config';
import { kafkaSettings } from '@funnelwatch/kafka';
import { z } from 'zod';

/** Settings of the curator, from the environment. */
export const configSchema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be the address of a PostgreSQL database' }),
    ...masterKeySettings,
    /** Where health and metrics are served; 0 takes a free port. */
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Most events in one transaction of the read model. */
    BATCH_SIZE: z.coerce.number().int().min(1).max(10_000).default(1000),
    /** Most subjects judged in one transaction. */
    CHUNK_SIZE: z.coerce.number().int().min(1).max(5_000).default(200),
    /** How long the rule clock waits for facts that come late. */
    LATENESS_MS: z.coerce.number().int().min(0).max(600_000).default(4_000),
    ...kafkaSettings,
  })
  .refine(...oneMasterKey);
