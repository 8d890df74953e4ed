import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createKeyFile, readKeyFile } from './key-file.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'key-file-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a created key reads back and only its owner may read it', async () => {
  const path = join(folder, 'keys', 'master.key');
  const key = await createKeyFile(path);
  expect(key).toHaveLength(32);
  expect(await readKeyFile(path)).toEqual(key);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('an existing file is never overwritten', async () => {
  const path = join(folder, 'master.key');
  await writeFile(path, 'something');
  await expect(createKeyFile(path)).rejects.toMatchObject({ code: 'KEY_FILE_EXISTS' });
  expect(await readFile(path, 'utf8')).toBe('something');
});

test('a missing file says how to get one', async () => {
  await expect(readKeyFile(join(folder, 'none'))).rejects.toMatchObject({
    code: 'KEY_FILE_MISSING',
    message: expect.stringContaining('backup') as unknown,
  });
});

test.each(['', 'c2hvcnQ=', 'x'.repeat(44)])('%j is not a key', async (text) => {
  const path = join(folder, 'bad.key');
  await writeFile(path, text);
  await expect(readKeyFile(path)).rejects.toMatchObject({ code: 'KEY_FILE_INVALID' });
});
