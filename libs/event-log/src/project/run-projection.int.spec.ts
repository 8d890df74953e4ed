import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { groupOf, portalA, portalC } from '../conformance/events.spec-fixture.js';
import { workerConformance } from '../conformance/worker.spec-fixture.js';
import { PostgresFeed } from '../feed/postgres-feed.js';
import { WakeUpListener } from '../feed/wake-up-listener.js';
import { eventLogMigrations } from '../migrations/index.js';
import type { PortalAddress } from '../port.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import type { AwaitPoint } from './await-points.js';
import { waitForPosition } from './checkpoint.js';
import type { ProjectionOptions } from './projection-options.js';
import { runProjection } from './run-projection.js';

const NAME = 'spec_v1';
const BUCKETS = 8;

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
let listener: WakeUpListener;
let running: { stop: AbortController; ended: Promise<void>; feed: PostgresFeed }[];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'projection-spec', max: 20 });
  log = new PostgresEventLog(pool);
  listener = new WakeUpListener({ url: database.url, applicationName: 'projection-spec-listener' });
  await listener.start();
  // One row per event: applying an event twice breaks the primary key, missing one shows in the count.
  await pool.query('CREATE TABLE seen (bucket int, "position" bigint, total bigint, PRIMARY KEY (bucket, "position"))');
});

afterAll(async () => {
  await log.close();
  await listener.close();
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  await emptyEventLog(pool);
  await pool.query('TRUNCATE seen');
  running = [];
});

afterEach(async () => {
  for (const { stop } of running) stop.abort();
  await Promise.all(running.map(({ ended }) => ended));
  for (const { feed } of running) feed.close();
});

workerConformance(async ({ bucketCount }) => {
  await emptyEventLog(pool);
  return { log, pool, feed: (holder, leaseMs) => new PostgresFeed({ pool, holder, bucketCount, leaseMs, listener }) };
});

function start(holder: string, overrides: Partial<ProjectionOptions> = {}, leaseMs = 1_000): AbortController {
  const stop = new AbortController();
  const feed = new PostgresFeed({ pool, holder, bucketCount: BUCKETS, leaseMs, listener });
  const silent = () => undefined;
  const ended = runProjection({
    name: NAME,
    feed,
    pool,
    logger: { info: silent, warn: silent, error: silent },
    batchSize: 7,
    renewEveryMs: 100,
    apply: countEvents,
    signal: stop.signal,
    ...overrides,
  });
  running.push({ stop, ended, feed });
  return stop;
}

/** Keeps a running total that comes out right only when every event is applied once and in order. */
const countEvents: ProjectionOptions['apply'] = async (client, { bucket, events }) => {
  for (const event of events) {
    await client.query(
      `INSERT INTO seen
       SELECT $1::int, $2::bigint,
              coalesce((SELECT total FROM seen WHERE bucket = $1::int AND "position" = $2::bigint - 1), 0) + $2::bigint`,
      [bucket, event.position],
    );
  }
};

async function fill(portal: PortalAddress, count: number, name: string): Promise<number> {
  const identities = Array.from({ length: count }, (_, index) => `${name}${index}`);
  return (await log.append(portal, [groupOf('deal:1', 'any', ...identities)])).position;
}

async function expectApplied(portal: PortalAddress, position: number): Promise<void> {
  expect(await waitForPosition(pool, NAME, portal.bucket, position, 5_000)).toBe(true);
  const { rows } = await pool.query(`SELECT count(*) AS events, max(total) AS total FROM seen WHERE bucket = $1`, [
    portal.bucket,
  ]);
  expect(rows).toEqual([{ events: position, total: (position * (position + 1)) / 2 }]);
}

test('an event becomes visible within milliseconds once the worker has caught up', async () => {
  start('a');
  await fill(portalA, 1, 'warm');
  await expectApplied(portalA, 1);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const startedMs = performance.now();
  const position = await fill(portalA, 1, 'x');
  expect(await waitForPosition(pool, NAME, portalA.bucket, position, 5_000)).toBe(true);
  // The worker sleeps up to a second by now: only a wake-up call explains less.
  expect(performance.now() - startedMs).toBeLessThan(500);
});

test('waiting for a position ends with the time-out', async () => {
  expect(await waitForPosition(pool, NAME, 0, 1, 30)).toBe(false);
  expect(await waitForPosition(pool, NAME, 0, 0, 30)).toBe(true);
});

describe('whatever is killed', () => {
  const points: AwaitPoint[] = ['claim checkpoint', 'ask for heads', 'apply events', 'batch transaction'];

  test.each(points)('a failure after "%s" loses nothing and doubles nothing', async (point) => {
    await fill(portalA, 30, 'a');
    let failures = 0;
    start('a', {
      longestRestMs: 100,
      hooks: async (at, when, bucket) => {
        if (at !== point || when !== 'after' || (bucket ?? portalA.bucket) !== portalA.bucket || failures >= 2) return;
        failures += 1;
        throw Object.assign(new Error('killed'), { code: 'ECONNRESET' });
      },
    });
    await expectApplied(portalA, 30);
    expect(failures).toBe(2);
  });

  test('a connection that dies inside a batch, the commit included, costs only a retry', async () => {
    await fill(portalA, 60, 'a');
    let kills = 0;
    start('a', {
      apply: async (client, batch) => {
        await countEvents(client, batch);
        if (kills >= 4) return;
        kills += 1;
        const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
        // Half of the time at once, half of the time in a race with the commit.
        const killing = pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
        if (kills % 2 === 0) await killing;
      },
    });
    await expectApplied(portalA, 60);
  });

  test('three workers that come and go apply everything once', async () => {
    const writing = (async () => {
      for (let round = 0; round < 30; round += 1) {
        await fill(portalA, 4, `a${round}/`);
        await fill(portalC, 3, `c${round}/`);
      }
    })();
    for (const holder of ['a', 'b', 'c', 'd']) {
      const worker = start(holder, {}, 200);
      await new Promise((resolve) => setTimeout(resolve, 150));
      if (holder !== 'd') worker.abort();
    }
    await writing;
    await expectApplied(portalA, 120);
    await expectApplied(portalC, 90);
  });
});
