import { copyFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createTestFolder } from '../stack/test-folder.js';
import { everyPid, expectNobodyLeft, portalOf, waitUntilLive } from '../stack/running-product.js';
import { cliToEnd, StartCommand, startToEnd } from '../stack/start-command.js';

let folder: string;
let data: string;
beforeAll(async () => {
  folder = await createTestFolder('start');
  data = join(folder, 'data');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const args = () => ['--data', data, '--port', '0', '--simulator=--company', '--simulator=tiny'];

test('it starts, refuses a second instance, stops within ten seconds and keeps the data', async () => {
  const first = await StartCommand.run(args());
  expect((await fetch(first.report.address)).status).toBe(200);
  const held = await waitUntilLive(first);

  const second = await startToEnd(args());
  expect(second.exitCode).toBe(1);
  expect(second.errors).toMatch(/^DATA_FOLDER_IN_USE: /);
  expect((await portalOf(first)).phase).toBe('live');

  const pids = await everyPid(first, data);
  expect(await first.end('SIGINT')).toBeLessThan(10);
  await expectNobodyLeft(pids, 0);

  const again = await StartCommand.run(args());
  try {
    expect(again.report.portalId).toBe(first.report.portalId);
    const after = await portalOf(again);
    expect(after.phase).toBe('live');
    for (const [kind, count] of Object.entries(held.counts)) {
      expect([kind, after.counts[kind] ?? 0]).toEqual([kind, expect.any(Number)]);
      expect(after.counts[kind] ?? 0).toBeGreaterThanOrEqual(Math.floor(count * 0.9));
    }
  } finally {
    await again.end('SIGTERM');
  }
});

test('kill -9 of the supervisor leaves no process behind and the next start goes on', async () => {
  const run = await StartCommand.run(args());
  const pids = await everyPid(run, data);
  await run.end('SIGKILL');
  await expectNobodyLeft(pids, 10_000);
  const again = await StartCommand.run(args());
  expect(again.report.portalId).toBe(run.report.portalId);
  await waitUntilLive(again);
  await again.end('SIGTERM');
});

test('the database alone serves the command line, and nothing works on it', async () => {
  const run = await StartCommand.run([...args(), '--database-only']);
  try {
    expect(run.report).not.toHaveProperty('address');
    const status = await cliToEnd(['--data', data, '--lang', 'en', 'status']);
    expect([status.exitCode, status.output]).toEqual([0, expect.stringContaining('127.0.0.1:')]);
  } finally {
    await run.end('SIGINT');
  }
  const afterwards = await cliToEnd(['--data', data, '--lang', 'en', 'status']);
  expect([afterwards.exitCode, afterwards.output]).toEqual([1, '']);
});

test('the master key is replaced while nothing but the database runs, and the old one is refused from then on', async () => {
  const key = join(data, 'master.key');
  const rotate = () => cliToEnd(['--data', data, '--lang', 'en', 'key', 'rotate']);
  const whole = await StartCommand.run(args());
  try {
    const held = await waitUntilLive(whole);
    expect(held.phase).toBe('live');
    expect((await rotate()).errors).toContain('while no program of Funnelwatch works on the database');
  } finally {
    await whole.end('SIGINT');
  }
  const run = await StartCommand.run([...args(), '--database-only']);
  try {
    expect(await rotate()).toMatchObject({ exitCode: 0, errors: '' });
  } finally {
    await run.end('SIGINT');
  }
  const again = await StartCommand.run(args());
  expect(again.report.portalId).toBe(whole.report.portalId);
  await waitUntilLive(again);
  await again.end('SIGINT');

  const kept = (await readdir(data)).find((name) => name.startsWith('master.key.until-')) ?? '';
  await copyFile(key, join(folder, 'new.key'));
  await copyFile(join(data, kept), key);
  const refused = await startToEnd(args());
  expect(refused.exitCode).toBe(1);
  expect(refused.errors).toMatch(/^KEY_FILE_OTHER: .*funnelwatch key rotate.* Nothing was changed\.\n$/);
  await copyFile(join(folder, 'new.key'), key);
  const restored = await StartCommand.run(args());
  await restored.end('SIGINT');
});
