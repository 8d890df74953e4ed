import { mkdir, readdir, realpath, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { brokersOf, everyPid, expectNobodyLeft, portalOf, waitUntilLive } from '../stack/running-product.js';
import { isAlive, StartCommand, startToEnd } from '../stack/start-command.js';
import { createTestFolder } from '../stack/test-folder.js';
import { testWithBroker } from './needs-broker.js';

let folder: string;
let data: string;
beforeEach(async () => {
  folder = await createTestFolder('distributed');
  data = join(await realpath(folder), 'data');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const args = () => [
  ...['--topology', 'distributed', '--projectors', '3'],
  ...['--data', data, '--port', '0', '--simulator=--company', '--simulator=tiny'],
];

testWithBroker('it starts, replaces what is killed, stops within ten seconds and keeps the data', async () => {
  const first = await StartCommand.run(args());
  const { pids } = first.report;
  expect(Object.keys(pids).sort()).toEqual(
    ['api', 'curator', 'ingest', 'kafka', 'portal-sim', 'postgres', 'projector-1', 'projector-2', 'projector-3'].sort(),
  );
  await waitUntilLive(first);

  const [broker = 0] = await brokersOf(data);
  expect(isAlive(broker)).toBe(true);
  process.kill(broker, 'SIGKILL');
  process.kill(pids['projector-2'] ?? 0, 'SIGKILL');
  const isBack = async () => (await brokersOf(data)).some((pid) => pid !== broker);
  for (let attempt = 0; attempt < 150 && !(await isBack()); attempt += 1) await sleep(200);
  expect(await isBack()).toBe(true);

  const everybody = await everyPid(first, data);
  expect(await first.end('SIGINT')).toBeLessThan(10);
  await expectNobodyLeft(everybody, 0);
  expect(await brokersOf(data)).toEqual([]);

  const again = await StartCommand.run(args());
  expect(again.report.portalId).toBe(first.report.portalId);
  expect((await portalOf(again)).phase).toBe('live');
  const left = await everyPid(again, data);
  await again.end('SIGKILL');
  await expectNobodyLeft(left, 10_000);
});

test('without Java it says so in one sentence and changes nothing', async () => {
  const programs = join(folder, 'programs');
  await mkdir(programs);
  await symlink(process.execPath, join(programs, 'node'));
  const ended = await startToEnd(args(), { PATH: programs });
  expect(ended.errors).toMatch(/^BROKER_NEEDS_JAVA: [^\n]*Java 17[^\n]*npm start\.\n$/);
  expect(ended.exitCode).toBe(1);
  expect(await readdir(folder)).toEqual(['programs']);
});
