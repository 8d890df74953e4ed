import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { eventOf } from '../conformance/events.spec-fixture.js';
import { COUNT_EFFECTS, EFFECT_TABLES, WorkerProcesses } from '../conformance/worker-processes.spec-fixture.js';
import { eventLogMigrations } from '../migrations/index.js';
import type { AppendGroup } from '../port.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { requestRetryOfAll } from '../quarantine/request-retry.js';
import { type AwaitPoint, awaitPoints } from './await-points.js';

const NAME = 'killed';
const BUCKETS = 4;
/** A poisoned stream is longer, so that it takes more than one transaction to drain it. */
const BATCH_SIZE = 5;
/** So many victims compete at any time. */
const AT_ONCE = 4;
const PATIENCE_MS = 45_000;

/** Inside an effect of these points there are others: what comes after is the same instant as after the last of them. */
const enclosing: ReadonlySet<AwaitPoint> = new Set<AwaitPoint>([
  'attend to duties',
  'work off buckets',
  'sleep',
  'renew leases',
  'claim bucket',
  'look for retries',
  'take turn',
  'attend between turns',
  'apply batches',
  'apply batch',
  'apply first half',
  'apply second half',
  'commit batch',
  'apply in a transaction',
  'set poison aside',
  'confirm head',
  'recover',
  'recover from drain',
  'drain stream',
  'drain queue',
  'try event',
]);

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
const processes = new WorkerProcesses();

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'killed-spec' });
  log = new PostgresEventLog(pool);
  await pool.query(EFFECT_TABLES);
});

afterAll(async () => {
  await processes.endAll();
  await log.close();
  await pool.end();
  await database.drop();
});

const settings = (holder: string) => ({
  databaseUrl: database.url,
  name: NAME,
  holder,
  bucketCount: BUCKETS,
  leaseMs: 500,
  renewEveryMs: 80,
  batchSize: BATCH_SIZE,
});

let appended = 0;
async function append(bucket: number, streams: Record<string, { isPoison: boolean }[]>): Promise<void> {
  const portalId = `${String(bucket).repeat(8)}-1111-4111-8111-111111111111`;
  const groups: AppendGroup[] = Object.entries(streams).map(([streamId, events]) => ({
    streamId,
    expected: 'any',
    events: events.map((data) => eventOf(streamId, `n${(appended += 1)}`, { data })),
  }));
  await log.append({ portalId, bucket }, groups);
}

/** Writes all the time, poison too; what was set aside is tried again, now in vain, now with success. */
async function feedWorkers(signal: AbortSignal): Promise<void> {
  for (let round = 1; !signal.aborted; round += 1) {
    await pool.query('UPDATE remedy SET "isHealed" = $1', [round % 2 === 0]);
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const good = { isPoison: false };
      const poisoned = [{ isPoison: true }, ...Array.from({ length: BATCH_SIZE }, () => good)];
      if (round % 2 === 1)
        await append(bucket, { 'deal:1': [good], [`bad:${round}`]: poisoned, 'deal:2': [good, good] });
    }
    await requestRetryOfAll(pool);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test('a worker killed at any place where it waits, while others compete, loses nothing and doubles nothing', async () => {
  const deaths = awaitPoints.flatMap((point) =>
    (enclosing.has(point) ? (['before'] as const) : (['before', 'after'] as const)).map((phase) => ({ point, phase })),
  );
  const waiting = [...deaths];
  const survivors: string[] = [];
  const feeding = new AbortController();
  const fed = feedWorkers(feeding.signal);

  async function killInTurn(): Promise<void> {
    for (let killAt = waiting.shift(); killAt; killAt = waiting.shift()) {
      const holder = `${killAt.phase} ${killAt.point}`;
      const { child, ended } = processes.start({ ...settings(holder), killAt });
      const timer = setTimeout(() => child.kill('SIGTERM'), PATIENCE_MS);
      if ((await ended) !== 'SIGKILL') survivors.push(holder);
      clearTimeout(timer);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, killInTurn));
  feeding.abort();
  await fed;
  expect(survivors).toEqual([]);

  await pool.query('UPDATE remedy SET "isHealed" = true');
  for (const holder of ['heir', 'other heir']) processes.start(settings(holder));
  for (let isLeft = true; isLeft;) {
    await requestRetryOfAll(pool);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { rows } = await pool.query<{ isLeft: boolean }>(
      `SELECT EXISTS (SELECT FROM log.quarantine)
           OR (SELECT sum("position") FROM log.checkpoint) < (SELECT sum("position") FROM log.counter) AS "isLeft"`,
    );
    isLeft = rows[0]?.isLeft ?? true;
  }
  const { rows } = await pool.query(COUNT_EFFECTS);
  expect(rows).toEqual([{ effects: appended, times: appended, counted: appended, disordered: 0 }]);
}, 300_000);
