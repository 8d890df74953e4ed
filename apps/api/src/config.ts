import { hostList, masterKeySettings, oneMasterKey } from '@funnelwatch/config';
import { z } from 'zod';

/** Settings of the API, from the environment. */
export const configSchema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be the address of a PostgreSQL database' }),
    ...masterKeySettings,
    HOST: z.string().default('127.0.0.1'),
    /** 0 takes a free port. */
    PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Built console to serve; without it only the API and its documentation are there. */
    CONSOLE_DIR: z.string().optional(),
    /** Certificate of a private authority that signs box portals. */
    FUNNELWATCH_PORTAL_CA: z.string().optional(),
    /** Portals in a private network: `host` or `host:port`. Everything else must be on the public internet. */
    PORTAL_PRIVATE_HOSTS: hostList.default([]),
  })
  .refine(...oneMasterKey);
