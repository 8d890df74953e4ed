import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { findConnection } from './connection.js';

let folder: string;
const running = { databaseUrl: 'postgres://operator@127.0.0.1:5/fw', keyFile: 'k', address: 'http://127.0.0.1:4400' };
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'preview-'));
  await writeFile(join(folder, 'connection.json'), JSON.stringify(running));
});
afterEach(() => rm(folder, { recursive: true }));

const nothing = { data: null, databaseUrl: null };

test('a database that is named comes first', async () => {
  const environment = { DATABASE_URL: 'postgres://environment', FUNNELWATCH_DATA: folder };
  expect(await findConnection({ ...nothing, databaseUrl: 'postgres://named' }, environment)).toEqual({
    databaseUrl: 'postgres://named',
    consoleUrl: null,
  });
});

test('a data folder that is named comes before the environment, and tells where the console is', async () => {
  const found = await findConnection({ ...nothing, data: folder }, { DATABASE_URL: 'postgres://environment' });
  expect(found).toEqual({ databaseUrl: running.databaseUrl, consoleUrl: running.address });
});

test('the environment comes next, then the data folder that it names', async () => {
  const environment = {
    DATABASE_URL: 'postgres://environment',
    PUBLIC_URL: 'https://console.example',
    FUNNELWATCH_DATA: folder,
  };
  expect(await findConnection(nothing, environment)).toEqual({
    databaseUrl: 'postgres://environment',
    consoleUrl: 'https://console.example',
  });
  expect(await findConnection(nothing, { FUNNELWATCH_DATA: folder })).toMatchObject({
    databaseUrl: running.databaseUrl,
  });
});

test('without a running product it is said where one was looked for and what to do', async () => {
  const missing = findConnection({ ...nothing, data: join(folder, 'none') }, {});
  await expect(missing).rejects.toMatchObject({ code: 'CONNECTION_NOT_TOLD' });
  await expect(missing).rejects.toThrow(/No running Funnelwatch was found.*npm start.*--database/);
});
