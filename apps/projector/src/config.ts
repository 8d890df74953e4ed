import { masterKeySettings, oneMasterKey } from '@funnelwatch/config';
import { kafkaSettings } from '@funnelwatch/kafka';
import { z } from 'zod';

/** Settings of the projector, from the environment. */
export const configSchema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be the address of a PostgreSQL database' }),
    ...masterKeySettings,
    /** Where health and metrics are served; 0 takes a free port. */
    HOST: z.string().default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Most events in one transaction. */
    BATCH_SIZE: z.coerce.number().int().min(1).max(10_000).default(1000),
    ...kafkaSettings,
  })
  .refine(...oneMasterKey);
