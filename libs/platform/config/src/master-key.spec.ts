import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { createKeyFile } from './key-file.js';
import { masterKeySettings, oneMasterKey, readMasterKey } from './master-key.js';
import { ConfigurationProblem, parseConfig } from './parse-config.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'master-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('the key comes from its file or from the environment', async () => {
  const file = join(folder, 'master.key');
  const key = await createKeyFile(file);
  expect(await readMasterKey({ FUNNELWATCH_KEY_FILE: file })).toEqual(key);
  expect(await readMasterKey({ FUNNELWATCH_KEY: `${key.toString('base64')}\n` })).toEqual(key);
});

test.each([
  [{}, 'KEY_NOT_TOLD'],
  [{ FUNNELWATCH_KEY_FILE: '/k', FUNNELWATCH_KEY: 'c2VjcmV0' }, 'KEY_TOLD_TWICE'],
  [{ FUNNELWATCH_KEY: 'c2VjcmV0' }, 'KEY_INVALID'],
  [{ FUNNELWATCH_KEY_FILE: '/nowhere/k' }, 'KEY_FILE_MISSING'],
])('%j is refused without showing it', async (settings, code) => {
  await expect(readMasterKey(settings)).rejects.toMatchObject({
    code,
    message: expect.not.stringContaining('c2VjcmV0') as unknown,
  });
});

test.each([
  [{ PORT: 'x' }, 2],
  [{ PORT: 'x', FUNNELWATCH_KEY: '', FUNNELWATCH_KEY_FILE: '' }, 2],
  [{ PORT: '1', FUNNELWATCH_KEY: 'c2VjcmV0', FUNNELWATCH_KEY_FILE: '/k' }, 1],
  [{ PORT: '1', FUNNELWATCH_KEY: 'c2VjcmV0' }, 0],
  [{ PORT: '1', FUNNELWATCH_KEY_FILE: '/k' }, 0],
])('of both settings one is asked for, together with all other problems: %j', (source, count) => {
  const schema = z.object({ PORT: z.coerce.number(), ...masterKeySettings }).refine(...oneMasterKey);
  let problems: string[] = [];
  try {
    parseConfig(schema, source, { program: 'ingest' });
  } catch (error) {
    if (!(error instanceof ConfigurationProblem)) throw error;
    ({ problems } = error);
  }
  expect(problems).toHaveLength(count);
  expect(problems.join('\n')).not.toContain('c2VjcmV0');
});
