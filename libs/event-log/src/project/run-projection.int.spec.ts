import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { groupOf, portalA, portalC } from '../conformance/events.spec-fixture.js';
import { PostgresFeed } from '../feed/postgres-feed.js';
import { WakeUpListener } from '../feed/wake-up-listener.js';
import { eventLogMigrations } from '../migrations/index.js';
import type { PortalAddress } from '../port.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { checkpointOf, waitForPosition } from './checkpoint.js';
import type { ProjectionOptions, ProjectionProgress, ProjectionStep } from './projection-options.js';
import { runProjection } from './run-projection.js';

const NAME = 'spec_v1';
const BUCKETS = 8;

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
let listener: WakeUpListener;
let logged: { level: string; fields: Record<string, unknown>; message: string }[];
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
  logged = [];
  running = [];
});

afterEach(async () => {
  for (const { stop } of running) stop.abort();
  await Promise.all(running.map(({ ended }) => ended));
  for (const { feed } of running) feed.close();
});

function start(holder: string, overrides: Partial<ProjectionOptions> = {}, leaseMs = 1_000): AbortController {
  const stop = new AbortController();
  const feed = new PostgresFeed({ pool, holder, bucketCount: BUCKETS, leaseMs, listener });
  const record = (level: string) => (fields: object, message: string) =>
    void logged.push({ level, fields: fields as Record<string, unknown>, message });
  const ended = runProjection({
    name: NAME,
    feed,
    pool,
    clock: systemClock,
    logger: { info: record('info'), warn: record('warn'), error: record('error') },
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

test('history and what comes later are applied, and progress is told', async () => {
  const progress: ProjectionProgress[] = [];
  await fill(portalA, 30, 'old');
  start('a', { onProgress: (one) => progress.push(one) });
  await expectApplied(portalA, 30);
  await fill(portalA, 3, 'new');
  await fill(portalC, 9, 'new');
  await expectApplied(portalA, 33);
  await expectApplied(portalC, 9);
  const told = progress.filter((one) => one.bucket === portalA.bucket);
  expect(told.reduce((sum, one) => sum + one.events, 0)).toBe(33);
  expect(told.at(-1)).toMatchObject({ position: 33, head: 33 });
  expect(logged).toEqual([]);
});

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

test('ending gives the buckets back, and the next worker goes on where the last one was', async () => {
  await fill(portalA, 20, 'a');
  const first = start('a', {}, 60_000);
  await expectApplied(portalA, 20);
  first.abort();
  await running[0]?.ended;
  await fill(portalA, 20, 'b');
  start('b', {}, 60_000);
  await expectApplied(portalA, 40);
});

describe('whatever is killed', () => {
  const steps: ProjectionStep[] = [
    'assigned',
    'claimed',
    'fetched',
    'began',
    'locked',
    'applied',
    'checkpointed',
    'committed',
  ];

  test.each(steps)('a failure at "%s" loses nothing and doubles nothing', async (step) => {
    await fill(portalA, 30, 'a');
    let failures = 0;
    start('a', {
      hooks: async (at, bucket) => {
        if (at !== step || bucket !== portalA.bucket || failures >= 2) return;
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

  test('a worker that was slow to notice that it lost its buckets writes nothing more', async () => {
    await fill(portalA, 5, 'a');
    let resume: () => void = () => undefined;
    const isHeld = new Promise<void>((held) => {
      start(
        'slow',
        {
          hooks: async (step, bucket) => {
            if (step !== 'fetched' || bucket !== portalA.bucket) return;
            held();
            await new Promise<void>((resolve) => (resume = resolve));
          },
        },
        200,
      );
    });
    await isHeld;
    start('heir', {}, 200);
    await expectApplied(portalA, 5);
    const taken = await checkpointOf(pool, NAME, portalA.bucket);
    expect(taken?.epoch).toBeGreaterThan(1);
    resume();
    await fill(portalA, 20, 'b');
    running[0]?.stop.abort();
    resume();
    await running[0]?.ended;
    await expectApplied(portalA, 25);
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

describe('an event that cannot be applied', () => {
  test('stops its bucket there, is logged without its data, and leaves the others alone', async () => {
    let isHealed = false;
    await fill(portalA, 20, 'a');
    await fill(portalC, 20, 'c');
    start('a', {
      retryStoppedAfterMs: 300,
      apply: async (client, batch) => {
        for (const event of batch.events) {
          if (!isHealed && event.bucket === portalA.bucket && event.position === 10) {
            throw new RangeError(`cannot read ${JSON.stringify(event.data)}`);
          }
        }
        await countEvents(client, batch);
      },
    });
    await expectApplied(portalC, 20);
    await expectApplied(portalA, 9);
    while (!logged.some((line) => line.level === 'error')) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await checkpointOf(pool, NAME, portalA.bucket)).toMatchObject({
      position: 9,
      status: 'stopped',
      stoppedAt: 10,
      errorCode: 'RangeError',
    });
    expect(logged.find((line) => line.level === 'error')?.fields).toMatchObject({ bucket: 3, position: 10 });
    expect(JSON.stringify(logged)).not.toContain('amount');
    isHealed = true;
    await expectApplied(portalA, 20);
    expect(await checkpointOf(pool, NAME, portalA.bucket)).toMatchObject({ status: 'running', stoppedAt: null });
  });

  test('is tried again without being marked when the reason passes', async () => {
    let failures = 0;
    await fill(portalA, 20, 'a');
    start('a', {
      apply: async (client, batch) => {
        failures += 1;
        if (failures < 3) throw Object.assign(new Error('deadlock'), { code: '40P01' });
        await countEvents(client, batch);
      },
    });
    await expectApplied(portalA, 20);
    expect(logged.map((line) => line.level)).toEqual(['warn', 'warn']);
  });

  test('a hole in what a feed delivers is never passed', async () => {
    await fill(portalA, 20, 'a');
    const fetch = PostgresFeed.prototype.fetch;
    const feed = new PostgresFeed({ pool, holder: 'holes', bucketCount: BUCKETS });
    feed.fetch = async (bucket, after, limit) =>
      (await fetch.call(feed, bucket, after, limit)).filter((event) => event.position !== 5);
    start('holes', { feed });
    await expectApplied(portalA, 4);
    while (!logged.some((line) => line.level === 'error')) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(logged.find((line) => line.level === 'error')?.fields).toMatchObject({ code: 'FEED_HAS_HOLE' });
    expect((await checkpointOf(pool, NAME, portalA.bucket))?.position).toBe(4);
  });
});
