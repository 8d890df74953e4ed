import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { breachesOf } from '@funnelwatch/observability';
import { PortalRegistry } from '@funnelwatch/portals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { migrations } from './migrations.js';

let database: TestDatabase;
let pool: Pool;
let folder: string;
let child: ChildProcess;
let address: string;
let portalId: string;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

beforeAll(async () => {
  database = await createTestDatabase({ migrations });
  pool = createPool({ url: database.url, applicationName: 'curator-spec' });
  folder = await mkdtemp(join(tmpdir(), 'funnelwatch-curator-'));
  const masterKey = randomBytes(32);
  await writeFile(join(folder, 'master.key'), masterKey.toString('base64'));
  const registry = new PortalRegistry(pool, masterKey);
  ({ portalId } = await registry.register({ webhookUrl: 'https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/' }));
  child = fork(here('./main.ts'), [], {
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    env: {
      ...{ ...process.env, NODE_OPTIONS: '', SWC_NODE_PROJECT: here('../tsconfig.json'), LOG_LEVEL: 'error' },
      DATABASE_URL: database.urlAs('curator'),
      FUNNELWATCH_KEY_FILE: join(folder, 'master.key'),
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [ready] = (await once(child, 'message')) as [{ port: number }];
  address = `http://127.0.0.1:${ready.port}`;
});
afterAll(async () => {
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

const scrape = async (): Promise<string> => {
  const answer = await fetch(`${address}/metrics`);
  expect(answer.status).toBe(200);
  return answer.text();
};
const untilFresh = () => new Promise((resolve) => setTimeout(resolve, 5_100));

test('it serves what was agreed, of every portal, also of one without a case', async () => {
  const metrics = await scrape();
  expect(breachesOf('curator', metrics)).toEqual([]);
  for (const shown of ['cases_open', 'cases_overdue', 'cases_oldest_overdue_seconds']) {
    expect(metrics).toContain(`funnelwatch_${shown}{portal="${portalId}",app="curator"} 0`);
  }
  expect(metrics).toContain('funnelwatch_rule_clocks_frozen{app="curator"} 0');
});

test('a scrape is answered though a reading fails and another one hangs, and says so', async () => {
  await untilFresh();
  await pool.query('ALTER TABLE judge.progress RENAME TO progress_away');
  const locker = await pool.connect();
  try {
    await locker.query('BEGIN; LOCK TABLE log.quarantine IN ACCESS EXCLUSIVE MODE');
    const beganMs = performance.now();
    await scrape();
    expect(performance.now() - beganMs).toBeLessThan(1_900);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    const metrics = await scrape();
    const errorsOf = (reading: string) => `funnelwatch_scrape_errors_total{reading="${reading}",app="curator"}`;
    expect(metrics).toMatch(new RegExp(`^${errorsOf('rule-clocks')} [1-9]`.replaceAll('{', '\\{'), 'm'));
    expect(metrics).toContain(`${errorsOf('quarantine')} 1`);
    expect(metrics).toContain(`${errorsOf('cases')} 0`);
    // What was known stays.
    expect(metrics).toContain('funnelwatch_quarantine_events{projection="curation",app="curator"} 0');
    expect(metrics).toContain(`funnelwatch_cases_open{portal="${portalId}",app="curator"} 0`);
  } finally {
    await locker.query('ROLLBACK');
    locker.release();
    await pool.query('ALTER TABLE judge.progress_away RENAME TO progress');
  }
});
