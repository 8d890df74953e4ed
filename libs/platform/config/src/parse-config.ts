import { Rejection } from '@funnelwatch/kernel';
import type { z } from 'zod';
import { withDatabaseUrl } from './database-in-parts.js';

/** The settings of a program are wrong: the message names every problem, and never a value. */
export class ConfigurationProblem extends Rejection {
  override readonly name = 'ConfigurationProblem';
  constructor(
    program: string,
    readonly problems: string[],
  ) {
    const count = problems.length === 1 ? '1 setting is wrong' : `${problems.length} settings are wrong`;
    super(
      'CONFIGURATION_INVALID',
      `${program} cannot start, ${count}:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    );
  }
}

/**
 * Settings of a program from the environment (or parsed arguments), checked by a zod schema. An empty text counts as
 * absent, because `PORT=` in a compose file means "not set"; DATABASE_URL may be given in parts, see `withDatabaseUrl`. Throws
 * `ConfigurationProblem` naming all problems.
 */
export function parseConfig<Schema extends z.ZodType>(
  schema: Schema,
  source: Record<string, unknown>,
  options: { program: string },
): z.output<Schema> {
  const given = Object.fromEntries(
    Object.entries(withDatabaseUrl(source)).filter(([, value]) => value !== '' && value !== undefined),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigurationProblem(
    options.program,
    result.error.issues.map((issue) => {
      const name = issue.path.join('.');
      if (name === '') return issue.message;
      const isMissing = issue.path.length === 1 && !(name in given) && issue.code !== 'custom';
      return isMissing ? `${name} is required` : `${name}: ${issue.message}`;
    }),
  );
}

/**
 * Runs `read` and returns its result; a `Rejection` (wrong settings, no key file) is printed to stderr as its sentence
 * and ends the process with code 2. Anything else is thrown on.
 */
export async function exitOnConfigurationProblem<Result>(read: () => Result | Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
