import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readComposeFile, repositoryFile } from './compose-file.js';

const run = promisify(execFile);

/** A copy of the folder that the script lies in: it makes secrets beside itself. */
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'create-secrets-'));
  await mkdir(join(root, 'infra/docker'), { recursive: true });
  await copyFile(repositoryFile('infra/docker/create-secrets.sh'), join(root, 'infra/docker/create-secrets.sh'));
});
afterEach(() => rm(root, { recursive: true }));

const create = (...logins: string[]) => run('sh', [join(root, 'infra/docker/create-secrets.sh'), ...logins]);
const textOf = (path: string): Promise<string> => readFile(join(root, path), 'utf8');
const modeOf = async (path: string): Promise<string> => ((await stat(join(root, path))).mode & 0o777).toString(8);

test('create-secrets.sh makes every secret and folder that containers are given, readable in a closed folder', async () => {
  await create();
  const { secrets, services } = await readComposeFile();
  for (const { file } of Object.values(secrets)) {
    expect([file, (await textOf(file)).trim().length > 8]).toEqual([file, true]);
    expect([file, await modeOf(file)]).toEqual([file, '644']);
  }
  const folders = Object.values(services).flatMap(({ volumes = [] }) =>
    volumes
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((source) => source.startsWith('./infra/docker/secrets/')),
  );
  expect(folders).toHaveLength(1);
  for (const folder of folders) expect(await modeOf(folder)).toBe('755');
  expect(await modeOf('infra/docker/secrets')).toBe('700');
});

test('it makes a password for each client that is named, and touches none that is there', async () => {
  const clients = 'infra/docker/secrets/grafana-clients';
  await create('reader_01');
  const first = await textOf(`${clients}/reader_01`);
  // As a login of the database may have it.
  expect(first.trim()).toMatch(/^[\x21-\x7e]{12,256}$/);
  expect(await modeOf(`${clients}/reader_01`)).toBe('644');
  const { stdout } = await create('reader_01', 'reader_02');
  expect(stdout.trim().split('\n')).toEqual([expect.stringMatching(/grafana-clients\/reader_02$/)]);
  expect(await textOf(`${clients}/reader_01`)).toBe(first);
  expect(await textOf(`${clients}/reader_02`)).not.toBe(first);
});

test.each(['../escape', 'a/b', 'Reader', '1st', ''])('it refuses %j as the login of a client', async (login) => {
  await expect(create(login)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('is no login') as unknown,
  });
});
