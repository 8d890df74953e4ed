import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { groupOf, portalA } from '../conformance/events.spec-fixture.js';
import {
  COUNT_EFFECTS,
  EFFECT_TABLES,
  WorkerProcesses,
  type WorkerSettings,
} from '../conformance/worker-processes.spec-fixture.js';
import { eventLogMigrations } from '../migrations/index.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { checkpointOf, waitForPosition } from './checkpoint.js';

const NAME = 'processes';
const BUCKETS = 16;
const PATIENCE_MS = 60_000;

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
let processes: WorkerProcesses;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'processes-spec' });
  log = new PostgresEventLog(pool);
  await pool.query(EFFECT_TABLES);
});

beforeEach(async () => {
  await emptyEventLog(pool);
  await pool.query('TRUNCATE effect; UPDATE total SET events = 0');
  processes = new WorkerProcesses();
});

afterEach(() => processes.endAll());

afterAll(async () => {
  await log.close();
  await pool.end();
  await database.drop();
});

function start(holder: string, overrides: Partial<WorkerSettings> = {}) {
  return processes.start({
    databaseUrl: database.url,
    name: NAME,
    holder,
    bucketCount: BUCKETS,
    leaseMs: 1_000,
    renewEveryMs: 200,
    batchSize: 5,
    ...overrides,
  });
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + PATIENCE_MS; !(await check());) {
    if (performance.now() > endMs) throw new Error(`Not within ${PATIENCE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

let serial = 0;
async function append(events: number): Promise<number> {
  const identities = Array.from({ length: events }, () => `n${(serial += 1)}`);
  return (await log.append(portalA, [groupOf('deal:1', 'any', ...identities)])).position;
}

test.each(['fetch', 'apply events', 'move checkpoint'] as const)(
  'a process stopped before "%s" past its lease is taken over; continued, it doubles nothing',
  async (pauseAt) => {
    await append(20);
    const paused = start('paused', { pauseAt, idleInTransactionTimeoutMs: 1_500 });
    await once(paused.child, 'message');
    const before = await checkpointOf(pool, NAME, portalA.bucket);
    start('heir');
    // In the middle of a transaction it holds the checkpoint until the server ends its connection.
    await until(
      'the heir',
      async () => ((await checkpointOf(pool, NAME, portalA.bucket))?.epoch ?? 0) > (before?.epoch ?? 0),
    );
    expect(await waitForPosition(pool, NAME, portalA.bucket, 20, PATIENCE_MS)).toBe(true);
    paused.child.kill('SIGCONT');
    const last = await append(20);
    expect(await waitForPosition(pool, NAME, portalA.bucket, last, PATIENCE_MS)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const { rows } = await pool.query(COUNT_EFFECTS);
    expect(rows).toEqual([{ effects: 40, times: 40, counted: 40, disordered: 0 }]);
  },
);

test('16 buckets are split 8 to 8 after a worker ends and after one is killed', async () => {
  /** As the programs run: their duration of leases and pace of renewal. */
  const production = { leaseMs: 10_000, renewEveryMs: 3_000 };
  const split = async (): Promise<string> => {
    const { rows } = await pool.query<{ held: number }>(
      `SELECT count(*) AS held FROM log.lease
        WHERE group_name = $1 AND log.is_held(expires_at, lease_ms) GROUP BY holder ORDER BY 1`,
      [NAME],
    );
    return rows.map((row) => row.held).join('/');
  };
  const secondsUntil = async (wanted: string): Promise<string> => {
    const startedMs = performance.now();
    await until(wanted, async () => (await split()) === wanted);
    return ((performance.now() - startedMs) / 1000).toFixed(1);
  };
  start('a', production);
  start('b', production);
  const started = await secondsUntil('8/8');
  const ending = start('c', production);
  await until('three shares', async () => (await split()) === '4/6/6' || (await split()) === '5/5/6');
  ending.child.kill('SIGTERM');
  await ending.ended;
  const ended = await secondsUntil('8/8');
  const killed = start('d', production);
  await until('three shares', async () => (await split()) === '4/6/6' || (await split()) === '5/5/6');
  killed.child.kill('SIGKILL');
  await killed.ended;
  const afterKill = await secondsUntil('8/8');
  expect(await split()).toBe('8/8');
  process.stdout.write(
    `16 buckets, 2 workers, 8/8: ${started} s after the start, ${ended} s after an end, ${afterKill} s after a kill -9\n`,
  );
}, 180_000);
