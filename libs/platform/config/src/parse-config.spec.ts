import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { ConfigurationProblem, parseConfig } from './parse-config.js';

const schema = z.object({
  DATABASE_URL: z.url(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  FUNNELWATCH_KEY_FILE: z.string(),
});

function problemsOf(source: Record<string, unknown>): string[] {
  try {
    parseConfig(schema, source, { program: 'ingest' });
  } catch (error) {
    if (error instanceof ConfigurationProblem) return error.problems;
    throw error;
  }
  return [];
}

test('settings come back typed, an empty text counts as absent', () => {
  const source = { DATABASE_URL: 'postgres://localhost/x', FUNNELWATCH_KEY_FILE: '/k', PORT: '' };
  expect(parseConfig(schema, source, { program: 'ingest' })).toMatchObject({ PORT: 0 });
});

test('all problems are named at once, without the values', () => {
  const problems = problemsOf({ DATABASE_URL: 'hunter2', PORT: '70000' });
  expect(problems).toHaveLength(3);
  expect(problems.join('\n')).toMatch(/DATABASE_URL: [^]*PORT: [^]*FUNNELWATCH_KEY_FILE is required/);
  expect(problems.join('\n')).not.toContain('hunter2');
});
