import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  /** Incoming webhook of a real portal; without it the simulated company is read. */
  portal: z.string().min(1).optional(),
  certificateFile: z.string().min(1).optional(),
  data: z.string().min(1).default('data'),
  port: port.default(4400),
  language: z.enum(['ru', 'en']),
  /** Arguments handed to the simulated portal as they are, for tests and demonstrations. */
  simulator: z.array(z.string()).default([]),
  pollMs: z.coerce.number().int().min(100).max(3_600_000).optional(),
  reconcileMs: z.coerce.number().int().min(500).max(86_400_000).optional(),
});

export interface Arguments extends Omit<z.infer<typeof schema>, 'data'> {
  dataFolder: string;
}

/** Command line of `npm start`. Throws `ARGUMENTS_INVALID` with every problem in one sentence. */
export function parseArguments(argv: string[], environment: Record<string, string | undefined>): Arguments {
  const language = /^ru/i.test(environment['FUNNELWATCH_LANG'] ?? environment['LANG'] ?? '') ? 'ru' : 'en';
  let values: Record<string, unknown>;
  try {
    values = parseArgs({
      args: argv,
      options: {
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
    // npm shows and logs its command line; a webhook given in the environment stays out of it.
    portal: values['portal'] ?? (environment['FUNNELWATCH_PORTAL'] || undefined),
    certificateFile: environment['FUNNELWATCH_PORTAL_CA'] || undefined,
    data: values['data'] ?? environment['FUNNELWATCH_DATA'],
    port: values['port'] ?? environment['FUNNELWATCH_PORT'],
    language: values['lang'] ?? language,
    simulator: values['simulator'],
    pollMs: values['poll-ms'],
    reconcileMs: values['reconcile-ms'],
  });
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`);
    throw invalidArguments(problems.join('; '));
  }
  const { data, ...rest } = parsed.data;
  return { ...rest, dataFolder: resolve(data) };
}

const invalidArguments = (problem: string): Rejection =>
  new Rejection(
    'ARGUMENTS_INVALID',
    `${problem}. The options are --portal, --data, --port, --lang, --poll-ms, --reconcile-ms and --simulator.`,
  );
