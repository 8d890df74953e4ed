import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { groupOf, portalA, portalB, portalC } from '../conformance/events.spec-fixture.js';
import { PostgresFeed } from '../feed/postgres-feed.js';
import { WakeUpListener } from '../feed/wake-up-listener.js';
import { eventLogMigrations } from '../migrations/index.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { differenceBetween } from './compare-schemas.js';
import { countingModel, tablesIn } from './counting-model.spec-fixture.js';
import { readGenerations, registerFirstGeneration } from './generations.js';
import type { ReadModel } from './read-model.js';
import { dropGeneration, listRebuilds, requestRebuild } from './request-rebuild.js';
import { runReadModel, type RunReadModelOptions } from './run-read-model.js';
import { switchGeneration } from './switch-generation.js';

const BUCKETS = 8;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
let listener: WakeUpListener;
let running: { stop: AbortController; ended: Promise<void>; feed: PostgresFeed }[];
let writers: { isOver: boolean; ended: Promise<void> }[];
let serial = 0;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'rebuild-spec', max: 25 });
  log = new PostgresEventLog(pool);
  listener = new WakeUpListener({ url: database.url, applicationName: 'rebuild-spec-listener' });
  await listener.start();
});
afterAll(async () => {
  await log.close();
  await listener.close();
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  running = [];
  writers = [];
  await emptyEventLog(pool);
  const { rows } = await pool.query<{ schema: string }>(
    `SELECT nspname AS schema FROM pg_namespace WHERE nspname LIKE 'counting%' OR nspname = 'oracle'`,
  );
  await pool.query(`DROP VIEW IF EXISTS read.counted; TRUNCATE log.projection_version`);
  for (const { schema } of rows) await pool.query(`DROP SCHEMA ${schema} CASCADE`);
  await pool.query(`SET ROLE funnelwatch_migrate; CREATE SCHEMA counting_v1; ${tablesIn('counting_v1')} RESET ROLE`);
  await withTransaction(pool, (client) => countingModel().createViews(client, 'read', 'counting_v1'));
  await pool.query(`ALTER VIEW read.counted OWNER TO funnelwatch_migrate`);
  await pool.query(registerFirstGeneration('counting', 'counting_v1', 'counting_v1'));
});
afterEach(async () => {
  for (const writer of writers) await end(writer);
  for (const { stop } of running) stop.abort();
  for (const { ended } of running) await ended;
  for (const { feed } of running) feed.close();
});

const portals = [portalA, portalB, portalC];
async function append(events: number): Promise<void> {
  for (let index = 0; index < events; index += 1) {
    const portal = portals[(serial += 1) % 3] ?? portalA;
    await log.append(portal, [groupOf(`deal:${serial % 7}`, 'any', `n${serial}`)]);
  }
}
async function appendMany(events: number): Promise<void> {
  for (const portal of portals) {
    const names = Array.from({ length: Math.ceil(events / 3) }, () => `n${(serial += 1)}`);
    await log.append(portal, [groupOf('deal:1', 'any', ...names)]);
  }
}

/** Appends as fast as one event at a time goes, with a breath for those who fold one statement an event. */
function write() {
  const writer = { isOver: false, ended: Promise.resolve() };
  writer.ended = (async () => {
    while (!writer.isOver) {
      await append(3);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  writers.push(writer);
  return writer;
}
async function end(writer: { isOver: boolean; ended: Promise<void> }): Promise<void> {
  writer.isOver = true;
  await writer.ended;
}

function start(holder: string, overrides: Partial<RunReadModelOptions> = {}) {
  const stop = new AbortController();
  const feed = new PostgresFeed({ pool, holder, bucketCount: BUCKETS, listener, leaseMs: 2_000 });
  const ended = runReadModel({
    model: countingModel(),
    feed,
    pool,
    holder: `${holder} beside`,
    logger: silent,
    listener,
    bucketCount: BUCKETS,
    leaseMs: 2_000,
    lookEveryMs: 50,
    batchSize: 20,
    buildBatchSize: 50,
    leftAtSwitch: 10,
    signal: stop.signal,
    ...overrides,
  });
  const worker = { stop, ended, feed };
  running.push(worker);
  return {
    stop: async () => {
      stop.abort();
      await ended;
    },
  };
}

async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  for (const endMs = performance.now() + 20_000; !(await check());) {
    if (performance.now() > endMs) throw new Error(`Not in time: ${what}: ${JSON.stringify(await listRebuilds(pool))}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
const stateOf = async (generation: number) =>
  (await readGenerations(pool, 'counting')).find((known) => known.generation === generation)?.state;
const serves = (generation: number) =>
  until(`${generation} serves`, async () => (await stateOf(generation)) === 'serving');
const counted = async (): Promise<number> =>
  Number(
    (await pool.query<{ events: string }>('SELECT coalesce(sum(events), 0) AS events FROM read.counted')).rows[0]
      ?.events,
  );
const headOfAll = async (): Promise<number> =>
  Number((await pool.query<{ sum: string }>('SELECT sum("position") AS sum FROM log.counter')).rows[0]?.sum);
const caughtUp = () => until('caught up', async () => (await counted()) === (await headOfAll()));

/** Everything in the log folded by one thread, in a schema of its own. */
async function expectOracle(schema: string): Promise<void> {
  const model = countingModel();
  await pool.query(`DROP SCHEMA IF EXISTS oracle CASCADE; CREATE SCHEMA oracle; ${tablesIn('oracle')}`);
  await withTransaction(pool, async (client) => {
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      const events = await log.readBucket(bucket, 0, 100_000);
      if (events.length > 0) await model.apply(client, { schema: 'oracle', bucket, events });
    }
    expect(await differenceBetween(client, schema, 'oracle')).toBeNull();
  });
}

describe('a rebuild', () => {
  test('at full write rate takes over with the same rows; readers see neither mixed nor empty state', async () => {
    await appendMany(600);
    start('a');
    start('b');
    await caughtUp();
    const writer = write();
    const seen: number[] = [];
    let isReading = true;
    const reading = (async () => {
      while (isReading) seen.push(await counted());
    })();
    const generation = await requestRebuild(pool, countingModel());
    expect(generation).toBe(2);
    await serves(2);
    await append(30);
    await end(writer);
    await caughtUp();
    isReading = false;
    await reading;
    // What a reader sees never goes back: not to nothing, and not behind what was seen before.
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen[0]).toBeGreaterThanOrEqual(600);
    await expectOracle('counting_v2');
    const { rows } = await pool.query(`SELECT pg_get_viewdef('read.counted'::regclass) AS definition`);
    expect(rows).toMatchObject([{ definition: expect.stringContaining('counting_v2') }]);
    const { rows: indexes } = await pool.query(`SELECT FROM pg_indexes WHERE schemaname = 'counting_v2'`);
    expect(indexes).toHaveLength(2);
  });

  test('goes on where it was when its workers end, and its progress is told', async () => {
    await appendMany(900);
    const slow = countingModel({
      apply: async (client, batch) => {
        await new Promise((resolve) => setTimeout(resolve, 40));
        await countingModel().apply(client, batch);
      },
    });
    const first = start('a', { model: slow });
    await requestRebuild(pool, slow);
    const done = async () => (await listRebuilds(pool)).find(({ generation }) => generation === 2)?.done ?? 0;
    await until('half', async () => (await done()) > 100);
    await first.stop();
    const half = await done();
    expect(half).toBeLessThan(900);
    expect((await listRebuilds(pool, 'counting'))[0]).toMatchObject({ state: 'building', total: 900 });
    start('b');
    await serves(2);
    await caughtUp();
    await expectOracle('counting_v2');
  });

  test('is no faster than it may be', async () => {
    await appendMany(300);
    start('a', { buildBatchSize: 20 });
    await caughtUp();
    const startedMs = performance.now();
    await requestRebuild(pool, countingModel(), { mostEventsPerSecond: 100 });
    await until('beginning', async () => ((await listRebuilds(pool))[0]?.done ?? 0) > 0);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const done = (await listRebuilds(pool)).find(({ generation }) => generation === 2)?.done ?? 0;
    expect(done).toBeLessThanOrEqual(((performance.now() - startedMs) / 1_000) * 100 + 3 * 20);
  });

  test('whose rows differ from those that serve is refused, and what serves goes on', async () => {
    await appendMany(60);
    start('a');
    await caughtUp();
    await pool.query(`UPDATE counting_v1.counted SET chain = chain + 1 WHERE portal_id = $1`, [portalA.portalId]);
    await requestRebuild(pool, countingModel());
    await until('failure', async () => (await stateOf(2)) === 'failed');
    expect((await listRebuilds(pool))[0]).toMatchObject({
      failure: expect.stringMatching(/^counted: other contents in \d+ rows$/),
    });
    await append(6);
    await caughtUp();
    expect(await stateOf(1)).toBe('serving');
    await dropGeneration(pool, 'counting', 2);
    expect(await requestRebuild(pool, countingModel())).toBe(3);
  });

  test('can be given up; a second one at the same time is refused', async () => {
    await appendMany(30);
    await requestRebuild(pool, countingModel());
    await expect(requestRebuild(pool, countingModel())).rejects.toMatchObject({ code: 'REBUILD_UNDER_WAY' });
    await dropGeneration(pool, 'counting', 2);
    await expect(dropGeneration(pool, 'counting', 1)).rejects.toMatchObject({ code: 'GENERATION_NOT_DROPPABLE' });
    const other: Pick<ReadModel, 'name' | 'definitionVersion'> = { name: 'nothing', definitionVersion: 'v1' };
    await expect(requestRebuild(pool, other)).rejects.toMatchObject({ code: 'READ_MODEL_UNKNOWN' });
    const { rows } = await pool.query(`SELECT FROM pg_namespace WHERE nspname = 'counting_v2'`);
    expect(rows).toEqual([]);
  });
});

describe('a switch', () => {
  test('that would take too long changes nothing and is put off', async () => {
    await appendMany(60);
    const worker = start('a');
    await caughtUp();
    await worker.stop();
    await requestRebuild(pool, countingModel());
    const slow = countingModel({
      apply: async (client, batch) => {
        await client.query('SELECT pg_sleep(0.4)');
        await countingModel().apply(client, batch);
      },
    });
    const outcome = await switchGeneration({ pool, model: slow, generation: 2, mostPauseMs: 300 });
    expect(outcome).toMatchObject({ outcome: 'postponed' });
    expect((await listRebuilds(pool))[0]).toMatchObject({ state: 'building', postponed: expect.any(String) });
    expect(await counted()).toBe(60);
  });

  test('of a large read model compares rows while everything goes on', async () => {
    await appendMany(240);
    // Switched by hand below.
    start('a', { leftAtSwitch: -1 });
    await caughtUp();
    const model = countingModel();
    await requestRebuild(pool, model);
    const isBuilt = (generation: number) => async () =>
      ((await listRebuilds(pool)).find((known) => known.generation === generation)?.done ?? 0) >= (await headOfAll());
    await until('built', isBuilt(2));
    const writer = write();
    expect(await switchGeneration({ pool, model, generation: 2, mostHeldComparisonMs: -1 })).toMatchObject({
      outcome: 'switched',
    });
    await end(writer);
    await caughtUp();
    await expectOracle('counting_v2');
    await requestRebuild(pool, model);
    await until('built again', isBuilt(3));
    await pool.query('UPDATE counting_v3.counted SET events = events + 1 WHERE portal_id = $1', [portalC.portalId]);
    expect(await switchGeneration({ pool, model, generation: 3, mostHeldComparisonMs: -1 })).toMatchObject({
      outcome: 'differs',
      difference: expect.stringMatching(/^counted: other contents/),
    });
    expect([await stateOf(2), await stateOf(3)]).toEqual(['serving', 'failed']);
    const { rows } = await pool.query(`SELECT FROM pg_locks WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`);
    expect(rows).toEqual([]);
  });

  test('back to the retired generation is at once, with everything that came since, and forward again', async () => {
    await appendMany(90);
    start('a');
    await caughtUp();
    await requestRebuild(pool, countingModel());
    await serves(2);
    await append(20);
    await caughtUp();
    const model = countingModel();
    const back = await switchGeneration({ pool, model, generation: 1 });
    expect(back).toMatchObject({ outcome: 'switched', from: 2 });
    expect(await counted()).toBe(110);
    await append(20);
    await caughtUp();
    await expectOracle('counting_v1');
    expect(await switchGeneration({ pool, model, generation: 2 })).toMatchObject({ outcome: 'switched', from: 1 });
    await append(5);
    await caughtUp();
    await expectOracle('counting_v2');
    expect(await switchGeneration({ pool, model, generation: 2 })).toMatchObject({ outcome: 'not possible' });
  });

  test('does not mind a checkpoint that a worker left in the place of the old generation', async () => {
    await appendMany(30);
    const worker = start('a');
    await caughtUp();
    await requestRebuild(pool, countingModel());
    await serves(2);
    await worker.stop();
    const model = countingModel();
    expect(await switchGeneration({ pool, model, generation: 1 })).toMatchObject({ outcome: 'switched' });
    await pool.query(
      `INSERT INTO log.checkpoint (projection, bucket, epoch, status, stopped_at, error_code)
       VALUES ('counting@1', $1, 9, 'stopped', 1, 'LEFT')`,
      [portalA.bucket],
    );
    expect(await switchGeneration({ pool, model, generation: 2 })).toMatchObject({ outcome: 'switched', from: 1 });
    const { rows } = await pool.query(
      `SELECT "position", status FROM log.checkpoint WHERE projection = 'counting@1' AND bucket = $1`,
      [portalA.bucket],
    );
    expect(rows).toEqual([{ position: await log.head(portalA.bucket), status: 'running' }]);
  });

  test('takes what is in quarantine along', async () => {
    await appendMany(30);
    const isPoison = (streamId: string): boolean => streamId === 'deal:3';
    const picky = countingModel({
      apply: async (client, batch) => {
        if (batch.events.some(({ streamId }) => isPoison(streamId))) throw new RangeError('no');
        await countingModel().apply(client, batch);
      },
    });
    start('a', { model: picky });
    await log.append(portalA, [groupOf('deal:3', 'any', 'poison', 'behind')]);
    const aside = async (projection: string) =>
      (await pool.query('SELECT FROM log.quarantine WHERE projection = $1', [projection])).rows.length;
    await until('quarantine', async () => (await aside('counting')) === 2);
    await requestRebuild(pool, picky);
    await serves(2);
    expect(await aside('counting')).toBe(2);
    expect(await aside('counting@1')).toBe(2);
    expect(await aside('counting@2')).toBe(0);
    // Whatever order the rows are met in.
    for (const generation of [1, 2, 1]) {
      await pool.query(`UPDATE log.quarantine SET attempts = attempts + 1 WHERE projection = 'counting'`);
      expect(await switchGeneration({ pool, model: picky, generation })).toMatchObject({ outcome: 'switched' });
      expect([await aside('counting'), await aside('counting@1'), await aside('counting@2')].toSorted()).toEqual([
        0, 2, 2,
      ]);
    }
  });

  test('sets aside what cannot be applied, as a worker would', async () => {
    const picky = countingModel({
      apply: async (client, batch) => {
        if (batch.events.some(({ streamId }) => streamId === 'deal:3')) throw new RangeError('no');
        await countingModel().apply(client, batch);
      },
    });
    await appendMany(30);
    await log.append(portalA, [groupOf('deal:3', 'any', 'poisoned', 'waits')]);
    const worker = start('a', { model: picky });
    await until('quarantine', async () => (await pool.query('SELECT FROM log.quarantine')).rows.length === 2);
    await until('caught up', async () => (await counted()) === 30);
    await worker.stop();
    await requestRebuild(pool, picky);
    expect(await switchGeneration({ pool, model: picky, generation: 2 })).toMatchObject({ outcome: 'switched' });
    const { rows } = await pool.query(
      'SELECT projection, count(*) AS events FROM log.quarantine GROUP BY 1 ORDER BY 1',
    );
    expect(rows).toEqual([
      { projection: 'counting', events: 2 },
      { projection: 'counting@1', events: 2 },
    ]);
  });
});
