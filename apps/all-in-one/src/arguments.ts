import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hostList } from '@funnelwatch/config';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

/** What a way to run takes when the command line does not say otherwise. */
const defaults = {
  embedded: { data: 'data', port: 4400, projectors: 1 },
  distributed: { data: 'data-distributed', port: 4500, projectors: 2 },
};

const schema = z.object({
  /** `embedded`: workers are fed from the log. `distributed`: as containers run, over Kafka. */
  topology: z.enum(['embedded', 'distributed']).default('embedded'),
  /** The database and nothing that works on it, for a restore or a look. */
  databaseOnly: z.boolean().default(false),
  /** Incoming webhook of a real portal; without it the simulated company is read. */
  portal: z.string().min(1).optional(),
  certificateFile: z.string().min(1).optional(),
  /** Portals in a private network that may be connected to. */
  privateHosts: hostList.default([]),
  data: z.string().min(1).optional(),
  port: port.optional(),
  projectors: z.coerce.number().int().min(1).max(16).optional(),
  language: z.enum(['ru', 'en']),
  /** Arguments handed to the simulated portal as they are, for tests and demonstrations. */
  simulator: z.array(z.string()).default([]),
  pollMs: z.coerce.number().int().min(100).max(3_600_000).optional(),
  reconcileMs: z.coerce.number().int().min(500).max(86_400_000).optional(),
});

export interface Arguments extends Omit<z.infer<typeof schema>, 'data' | 'port' | 'projectors'> {
  dataFolder: string;
  port: number;
  projectors: number;
}

/** Command line of `npm start` and `npm run start:distributed`. Throws `ARGUMENTS_INVALID` with every problem in one sentence. */
export function parseArguments(argv: string[], environment: Record<string, string | undefined>): Arguments {
  const language = /^ru/i.test(environment['FUNNELWATCH_LANG'] ?? environment['LANG'] ?? '') ? 'ru' : 'en';
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args: argv,
      options: {
        topology: { type: 'string' },
        projectors: { type: 'string' },
        'database-only': { type: 'boolean' },
        portal: { type: 'string' },
        data: { type: 'string' },
        port: { type: 'string' },
        lang: { type: 'string' },
        simulator: { type: 'string', multiple: true },
        'poll-ms': { type: 'string' },
        'reconcile-ms': { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw invalidArguments(error instanceof Error ? error.message : String(error));
  }
  const parsed = schema.safeParse({
    topology: values['topology'],
    projectors: values['projectors'],
    databaseOnly: values['database-only'],
    // npm shows and logs its command line; a webhook given in the environment stays out of it.
    portal: values['portal'] ?? (environment['FUNNELWATCH_PORTAL'] || undefined),
    certificateFile: environment['FUNNELWATCH_PORTAL_CA'] || undefined,
    privateHosts: environment['PORTAL_PRIVATE_HOSTS'],
    data: values['data'] ?? environment['FUNNELWATCH_DATA'],
    port: values['port'] ?? environment['FUNNELWATCH_PORT'],
    language: values['lang'] ?? language,
    simulator: values['simulator'],
    pollMs: values['poll-ms'],
    reconcileMs: values['reconcile-ms'],
  });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) =>
      path[0] === 'privateHosts' ? `PORTAL_PRIVATE_HOSTS: ${message}` : `--${path.join('.')}: ${message}`,
    );
    throw invalidArguments(problems.join('; '));
  }
  const { data, ...rest } = parsed.data;
  const otherwise = defaults[rest.topology];
  return {
    ...rest,
    dataFolder: resolve(data ?? otherwise.data),
    port: rest.port ?? otherwise.port,
    projectors: rest.projectors ?? otherwise.projectors,
  };
}

const invalidArguments = (problem: string): Rejection =>
  new Rejection(
    'ARGUMENTS_INVALID',
    `${problem}. The options are --portal, --data, --port, --lang, --projectors, --database-only, --poll-ms, --reconcile-ms and --simulator.`,
  );
