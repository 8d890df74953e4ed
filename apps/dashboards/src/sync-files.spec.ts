import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { differences, writeFiles } from './sync-files.js';

const generated = new Map([
  ['dashboards/Operations/fw-workers.json', '{}\n'],
  ['provisioning/alerting/rules.json', '[]\n'],
  ['provisioning/datasources/funnelwatch.yml', 'a: 1\n'],
]);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'dashboards-'));
});
afterEach(() => rm(root, { recursive: true }));

const put = async (path: string, content: string): Promise<void> => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), content);
};

test('what is written is what is generated, and then nothing differs', async () => {
  expect(await writeFiles(root, generated)).toHaveLength(3);
  for (const [path, content] of generated) expect(await readFile(join(root, path), 'utf8')).toBe(content);
  expect(await differences(root, generated)).toEqual([]);
});

test('a byte more, a file less and a file too many are named', async () => {
  await writeFiles(root, generated);
  await put('provisioning/datasources/funnelwatch.yml', 'a: 1 \n');
  await rm(join(root, 'provisioning/alerting/rules.json'));
  await put('dashboards/Old folder/fw-old.json', '{}');
  await put('provisioning/alerting/old.json', '{}');
  expect(await differences(root, generated)).toEqual([
    { path: 'dashboards/Old folder/fw-old.json', is: 'superfluous' },
    { path: 'provisioning/alerting/old.json', is: 'superfluous' },
    { path: 'provisioning/alerting/rules.json', is: 'missing' },
    { path: 'provisioning/datasources/funnelwatch.yml', is: 'different' },
  ]);
});

test('writing puts all of that right', async () => {
  await put('dashboards/Old folder/fw-old.json', '{}');
  await put('provisioning/datasources/funnelwatch.yml', 'b: 2\n');
  await writeFiles(root, generated);
  expect(await differences(root, generated)).toEqual([]);
  await expect(stat(join(root, 'dashboards/Old folder/fw-old.json'))).rejects.toThrow('ENOENT');
});

test('files of others stay: notes, and sources that an installation adds', async () => {
  await writeFiles(root, generated);
  await put('dashboards/README.md', '# Dashboards');
  await put('provisioning/datasources/own.yml', 'c: 3\n');
  expect(await writeFiles(root, generated)).toEqual([]);
  expect(await readFile(join(root, 'dashboards/README.md'), 'utf8')).toBe('# Dashboards');
});
