import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

test('the database may be given in parts, its password as a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'password-'));
  try {
    const passwordFile = join(folder, 'password');
    writeFileSync(passwordFile, 'p@ss/word\n');
    const source = { DATABASE_HOST: 'db', DATABASE_PASSWORD_FILE: passwordFile, FUNNELWATCH_KEY_FILE: '/k' };
    const config = parseConfig(schema, source, { program: 'ingest' });
    expect(config.DATABASE_URL).toBe('postgres://funnelwatch:p%40ss%2Fword@db/funnelwatch');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a password file that cannot be read is named', () => {
  const source = { DATABASE_HOST: 'db', DATABASE_PASSWORD_FILE: '/nowhere/password' };
  expect(() => parseConfig(schema, source, { program: 'ingest' })).toThrow('/nowhere/password');
});
