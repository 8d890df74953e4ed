import { parseArgs } from 'node:util';
import { parseConfig } from '@funnelwatch/config';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);
const instant = z.iso.datetime({ offset: true, error: 'must be an instant like 2026-09-01T00:00:00+03:00' });
const onOff = z.enum(['on', 'off']).transform((word) => word === 'on');

const schema = z.object({
  host: z.string().default('127.0.0.1'),
  port: port.default(0),
  'tls-port': port.default(0),
  company: z.enum(['default', 'tiny', 'random', 'large']).default('default'),
  seed: z.coerce.number().int().min(0).optional(),
  deals: z.coerce.number().int().min(1).optional(),
  months: z.coerce.number().int().min(1).max(24).optional(),
  anchor: instant.optional(),
  until: instant.optional(),
  speed: z.coerce.number().positive().optional(),
  history: z.enum(['full', 'none']).default('full'),
  limits: onOff.default(true),
  'operating-cost': z.coerce.number().min(0).optional(),
  'batch-accounting': z.enum(['nested', 'outer']).optional(),
  'state-dir': z.string().optional(),
  'truth-file': z.string().optional(),
  'operations-port': port.optional(),
  'log-level': z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export type PortalSimConfig = z.output<typeof schema>;

const environmentNames: Record<string, string> = { HOST: 'host', PORT: 'port', LOG_LEVEL: 'log-level' };

/**
 * Settings from flags (`--tls-port 8443`) or, where a flag is absent, from the environment: `HOST`, `PORT`, `LOG_LEVEL`
 * and `PORTAL_SIM_<FLAG>` for the rest. Throws with all problems in one message.
 */
export function readConfig(argv: string[], environment: NodeJS.ProcessEnv): PortalSimConfig {
  const flags = Object.keys(schema.shape);
  const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'string' as const }]));
  let values: Record<string, unknown>;
  try {
    ({ values } = parseArgs({ args: argv, options, strict: true, allowPositionals: false }));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Rejection(
      'CONFIGURATION_INVALID',
      `portal-sim cannot start: ${detail}. Known flags: ${flags.map((flag) => `--${flag}`).join(' ')}`,
    );
  }
  const source: Record<string, unknown> = {};
  for (const [name, flag] of Object.entries(environmentNames)) source[flag] = environment[name];
  for (const flag of flags)
    source[flag] = environment[`PORTAL_SIM_${flag.toUpperCase().replaceAll('-', '_')}`] ?? source[flag];
  for (const [flag, value] of Object.entries(values)) if (value !== undefined) source[flag] = value;
  return parseConfig(schema, source, { program: 'portal-sim' });
}
