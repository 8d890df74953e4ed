import { hostList, masterKeySettings, oneMasterKey } from '@funnelwatch/config';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';

/** Settings of the API, from the environment. */
export const configSchema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be the address of a PostgreSQL database' }),
    ...masterKeySettings,
    HOST: z.string().default('127.0.0.1'),
    /** 0 takes a free port. */
    PORT: z.coerce.number().int().min(0).max(65_535).default(0),
    /** Where people reach the console through a proxy, for example https://funnel.example.com; only this machine without it. */
    PUBLIC_URL: z
      .url({ protocol: /^https$/, error: 'must be an https address' })
      .refine((text) => !URL.canParse(text) || new URL(text).pathname === '/', 'must be an address without a path')
      .optional(),
    /** Addresses or networks of the proxies before the API, separated by commas. */
    TRUSTED_PROXIES: z
      .string()
      .default('')
      .transform((text) =>
        text
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      ),
    /** Id of the simulated portal that demo accounts are for; on this machine alone. */
    DEMO_PORTAL: z.uuid().optional(),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    /** Built console to serve; without it only the API and its documentation are there. */
    CONSOLE_DIR: z.string().optional(),
    /** Certificate of a private authority that signs box portals. */
    FUNNELWATCH_PORTAL_CA: z.string().optional(),
    /** Portals in a private network: `host` or `host:port`. Everything else must be on the public internet. */
    PORTAL_PRIVATE_HOSTS: hostList.default([]),
    /** How often the figures that dashboards ask for are published; 0 for never. */
    PUBLISH_SECONDS: z.coerce.number().int().min(0).max(3600).default(60),
  })
  .refine(...oneMasterKey);

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Anybody who reaches the API can become a demo account. Throws `Rejection` DEMO_NOT_ON_LOOPBACK. */
export function refuseOpenDemo(config: { DEMO_PORTAL?: string; PUBLIC_URL?: string; HOST: string }): void {
  if (config.DEMO_PORTAL === undefined) return;
  if (config.PUBLIC_URL === undefined && loopback.has(config.HOST)) return;
  throw new Rejection(
    'DEMO_NOT_ON_LOOPBACK',
    'Demo accounts work on this machine alone. Leave DEMO_PORTAL out, or PUBLIC_URL and a HOST that others can reach.',
  );
}
