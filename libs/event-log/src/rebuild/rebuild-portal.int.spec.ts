import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool, PoolClient } from 'pg';
import { catalogueOf } from '../catalogue/event-catalogue.js';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { eventOf, groupOf, portalA, portalB, portalC } from '../conformance/events.spec-fixture.js';
import { PostgresFeed } from '../feed/postgres-feed.js';
import { eventLogMigrations } from '../migrations/index.js';
import type { PortalAddress } from '../port.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { waitForPosition } from '../project/checkpoint.js';
import { runProjection } from '../project/run-projection.js';
import { checksumsOf } from './compare-schemas.js';
import { countingModel, tablesIn } from './counting-model.spec-fixture.js';
import { registerFirstGeneration } from './generations.js';
import type { ReadModel } from './read-model.js';
import { rebuildPortal } from './rebuild-portal.js';
import { verifyReadModel } from './verify-read-model.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const serving = 'counting_v1';

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
/** Streams of which no event can be applied. */
const poisoned = new Set<string>();

/** Counts events; one row per event beside, shared by the streams of a portal. */
const model: ReadModel = countingModel({
  async apply(client, batch) {
    for (const { streamId } of batch.events) if (poisoned.has(streamId)) throw new TypeError('cannot be applied');
    await countingModel().apply(client, batch);
  },
  rowsOfStream: (streamId) =>
    streamId.startsWith('deal:') ? [{ table: 'counted', where: { stream_id: streamId } }] : null,
});

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'rebuild-portal-spec', max: 12 });
  log = new PostgresEventLog(pool);
  await pool.query(`CREATE SCHEMA ${serving}; ${tablesIn(serving)}`);
  await withTransaction(pool, (client) => model.createViews(client, 'read', serving));
  await pool.query(registerFirstGeneration('counting', serving, 'counting_v1'));
});
afterAll(async () => {
  await log.close();
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  poisoned.clear();
  await emptyEventLog(pool);
  await pool.query(`TRUNCATE ${serving}.counted`);
});

/** Keeps what serves up to date until the work is done. */
async function projecting<Result>(work: () => Promise<Result>): Promise<Result> {
  const stop = new AbortController();
  const feed = new PostgresFeed({ pool, holder: 'spec', bucketCount: 8 });
  const ended = runProjection({
    name: model.name,
    feed,
    pool,
    logger: silent,
    batchSize: 20,
    signal: stop.signal,
    apply: (client, { bucket, events }) => model.apply(client, { schema: serving, bucket, events }),
  });
  try {
    return await work();
  } finally {
    stop.abort();
    await ended;
    feed.close();
  }
}

let serial = 0;
const append = (portal: PortalAddress, streamId: string, events: number) =>
  log.append(portal, [groupOf(streamId, 'any', ...Array.from({ length: events }, () => `n${(serial += 1)}`))]);

async function projected(portal: PortalAddress): Promise<void> {
  const head = await log.head(portal.bucket);
  expect(await waitForPosition(pool, model.name, portal.bucket, head, 15_000)).toBe(true);
}

const sums = () => withTransaction(pool, (client) => checksumsOf(client, serving));
const damage = (portal: PortalAddress, streamId: string) =>
  pool.query(`UPDATE ${serving}.counted SET events = 999 WHERE portal_id = $1 AND stream_id = $2`, [
    portal.portalId,
    streamId,
  ]);
const rowOf = async (portal: PortalAddress, streamId: string) =>
  (
    await pool.query<{ events: number }>('SELECT events FROM read.counted WHERE portal_id = $1 AND stream_id = $2', [
      portal.portalId,
      streamId,
    ])
  ).rows[0]?.events;
async function leftovers(): Promise<string[]> {
  const { rows } = await pool.query<{ left: string }>(
    `SELECT nspname AS left FROM pg_namespace WHERE nspname LIKE 'scratch%'
      UNION ALL SELECT id::text FROM log.scratch
      UNION ALL SELECT projection FROM log.quarantine WHERE projection <> 'counting'`,
  );
  return rows.map(({ left }) => left);
}

/** Until a connection of this database waits for a lock. */
async function someoneWaits(): Promise<void> {
  for (const endMs = performance.now() + 5_000; performance.now() < endMs;) {
    const { rows } = await pool.query(
      `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('Nobody waits');
}

/** Portals A and B share a bucket. */
async function threePortals(): Promise<void> {
  for (const portal of [portalA, portalB, portalC]) {
    await append(portal, 'deal:1', 30);
    await append(portal, 'deal:2', 5);
    await append(portal, 'stages', 2);
  }
  await projecting(async () => {
    await projected(portalA);
    await projected(portalC);
  });
}

describe('a portal made anew', () => {
  test('has the rows that the log makes; those of others are not touched', async () => {
    await threePortals();
    const before = await sums();
    await damage(portalA, 'deal:1');
    await pool.query(
      `INSERT INTO ${serving}.counted VALUES (3, $1, 'deal:never', 1, 1, 1); DELETE FROM ${serving}.counted WHERE portal_id = '${portalA.portalId}' AND stream_id = 'deal:2'`.replace(
        '$1',
        `'${portalA.portalId}'`,
      ),
    );
    await damage(portalB, 'deal:1');
    const seen: number[] = [];
    const rebuilt = await rebuildPortal({ pool, model, portal: portalA, onProgress: ({ done }) => seen.push(done) });
    expect(rebuilt).toMatchObject({ events: 37, setAside: 0, position: await log.head(3) });
    expect(seen.at(-1)).toBe(rebuilt.position);
    expect(await rowOf(portalB, 'deal:1')).toBe(999);
    await rebuildPortal({ pool, model, portal: portalB });
    expect(await sums()).toEqual(before);
    expect(await leftovers()).toEqual([]);
  });

  test('while its events come in and readers look: never a gap, nothing lost or doubled', async () => {
    await threePortals();
    await append(portalA, 'deal:1', 1_200);
    let isOver = false;
    const counts: number[] = [];
    await projecting(async () => {
      await projected(portalA);
      const writing = (async () => {
        while (!isOver) {
          await append(portalA, `deal:${1 + (serial % 5)}`, 3);
          await append(portalB, 'deal:1', 1);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      const reading = (async () => {
        while (!isOver) {
          const { rows } = await pool.query<{ events: string | null }>(
            'SELECT sum(events) AS events FROM read.counted WHERE portal_id = $1',
            [portalA.portalId],
          );
          counts.push(Number(rows[0]?.events));
        }
      })();
      for (let round = 0; round < 2; round += 1) await rebuildPortal({ pool, model, portal: portalA, batchSize: 500 });
      isOver = true;
      await Promise.all([writing, reading]);
      await projected(portalA);
    });
    expect(counts.length).toBeGreaterThan(20);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts[0]).toBeGreaterThanOrEqual(1_237);
    expect(await verifyReadModel({ pool, model })).toMatchObject({ isIntact: true });
  });

  test('killed or given up half-way, it has changed nothing, and what it left is cleared by the next', async () => {
    await threePortals();
    await append(portalA, 'deal:1', 1_500);
    await projecting(() => projected(portalA));
    const before = await sums();
    const given = new AbortController();
    const stopped = rebuildPortal({
      pool,
      model,
      portal: portalA,
      batchSize: 100,
      signal: given.signal,
      onProgress: () => given.abort(),
    });
    await expect(stopped).rejects.toThrow(/abort/i);
    expect(await leftovers()).toEqual([]);
    // A process that dies takes its connections with it.
    const dying = createPool({ url: database.url, applicationName: 'dying-spec', max: 4 });
    const failing = rebuildPortal({
      pool: dying,
      model,
      portal: portalA,
      batchSize: 100,
      onProgress: () =>
        void pool.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dying-spec'`),
    });
    await expect(failing).rejects.toThrow();
    await dying.end();
    expect(await leftovers()).not.toEqual([]);
    expect(await sums()).toEqual(before);
    await rebuildPortal({ pool, model, portal: portalB });
    expect(await leftovers()).toEqual([]);
    expect(await sums()).toEqual(before);
  });

  test('takes out of quarantine what can be applied by now, and leaves there what cannot', async () => {
    poisoned.add('deal:1').add('deal:2');
    await threePortals();
    const quarantined = async () =>
      (
        await pool.query<{ stream: string; events: number; poison: number; waited: boolean }>(
          `SELECT stream_id AS stream, count(*) AS events, count(*) FILTER (WHERE status = 'poison') AS poison,
                  bool_and(first_failed_at = '2026-01-01') AS waited
             FROM log.quarantine WHERE projection = 'counting' AND portal_id = $1 GROUP BY stream_id ORDER BY 1`,
          [portalA.portalId],
        )
      ).rows;
    expect(await quarantined()).toMatchObject([{ events: 30, poison: 1 }, { events: 5 }]);
    await pool.query(`UPDATE log.quarantine SET first_failed_at = '2026-01-01'`);
    poisoned.delete('deal:1');
    expect(await rebuildPortal({ pool, model, portal: portalA })).toMatchObject({ events: 37, setAside: 5 });
    expect(await quarantined()).toEqual([{ stream: 'deal:2', events: 5, poison: 1, waited: true }]);
    expect([await rowOf(portalA, 'deal:1'), await rowOf(portalB, 'deal:1')]).toEqual([30, undefined]);
    poisoned.clear();
    await rebuildPortal({ pool, model, portal: portalA, streamId: 'deal:2' });
    expect([await quarantined(), await rowOf(portalA, 'deal:2')]).toEqual([[], 5]);
    expect(await leftovers()).toEqual([]);
    // The projection goes on with the stream: nothing is in its way any more.
    await append(portalA, 'deal:2', 1);
    await projecting(() => projected(portalA));
    expect(await rowOf(portalA, 'deal:2')).toBe(6);
  });

  test('is refused where the program makes other rows than those that serve', async () => {
    const other = { ...model, definitionVersion: 'counting_v2' };
    const refusal = { code: 'READ_MODEL_OF_OTHER_VERSION' };
    await expect(rebuildPortal({ pool, model: other, portal: portalA })).rejects.toMatchObject(refusal);
    await expect(rebuildPortal({ pool, model: other, portal: portalA, streamId: 'deal:1' })).rejects.toMatchObject(
      refusal,
    );
    await expect(verifyReadModel({ pool, model: other })).rejects.toMatchObject(refusal);
    const unknown = { ...model, name: 'unknown' };
    await expect(verifyReadModel({ pool, model: unknown })).rejects.toMatchObject({ code: 'READ_MODEL_UNKNOWN' });
  });
});

describe('a stream made anew', () => {
  test('has the rows that the log makes, up to where the projection is; other streams are not touched', async () => {
    await threePortals();
    const before = await sums();
    // Not yet projected: the worker applies it.
    await append(portalA, 'deal:1', 4);
    await damage(portalA, 'deal:1');
    await damage(portalA, 'deal:2');
    const rebuilt = await rebuildPortal({ pool, model, portal: portalA, streamId: 'deal:1' });
    expect(rebuilt).toMatchObject({ events: 30, setAside: 0 });
    expect([await rowOf(portalA, 'deal:1'), await rowOf(portalA, 'deal:2')]).toEqual([30, 999]);
    await rebuildPortal({ pool, model, portal: portalA, streamId: 'deal:2' });
    expect(await sums()).toEqual(before);
    await projecting(() => projected(portalA));
    expect(await rowOf(portalA, 'deal:1')).toBe(34);
  });

  test('waits for the batch under way', async () => {
    await threePortals();
    await damage(portalA, 'deal:1');
    await append(portalA, 'deal:1', 2);
    const head = await log.head(3);
    let rebuilding: Promise<unknown> = Promise.resolve();
    await withTransaction(pool, async (client: PoolClient) => {
      await client.query(`UPDATE log.checkpoint SET "position" = $1 WHERE projection = 'counting' AND bucket = 3`, [
        head,
      ]);
      rebuilding = rebuildPortal({ pool, model, portal: portalA, streamId: 'deal:1' });
      await someoneWaits();
    });
    expect(await rebuilding).toMatchObject({ position: head, events: 32 });
    expect(await rowOf(portalA, 'deal:1')).toBe(32);
  });

  test('whose rows cannot be told from others is refused', async () => {
    await expect(rebuildPortal({ pool, model, portal: portalA, streamId: 'stages' })).rejects.toMatchObject({
      code: 'REBUILD_STREAM_NOT_SEPARABLE',
    });
  });
});

describe('verification of the rows', () => {
  test('finds what is changed, missing or too much, by portal, and nothing else', async () => {
    await threePortals();
    const seen: string[] = [];
    const intact = await verifyReadModel({ pool, model, onProgress: ({ portalId }) => seen.push(portalId) });
    expect(intact).toMatchObject({ isIntact: true, readModel: 'counting' });
    expect(seen).toEqual([portalA, portalB, portalC].map(({ portalId }) => portalId));
    await damage(portalA, 'deal:1');
    await pool.query(`DELETE FROM ${serving}.counted WHERE portal_id = $1 AND stream_id = 'stages'`, [
      portalB.portalId,
    ]);
    const stranger = '44444444-4444-4444-8444-444444444444';
    await pool.query(`INSERT INTO ${serving}.counted VALUES (0, $1, 'deal:1', 1, 1, 1)`, [stranger]);
    const { isIntact, portals } = await verifyReadModel({ pool, model });
    expect(isIntact).toBe(false);
    expect(portals.map(({ portalId, difference }) => [portalId, difference])).toEqual([
      [stranger, 'counted: 1 rows against 0'],
      [portalA.portalId, 'counted: other contents in 3 rows'],
      [portalB.portalId, 'counted: 2 rows against 3'],
      [portalC.portalId, null],
    ]);
    expect(await verifyReadModel({ pool, model, portal: portalC })).toMatchObject({ isIntact: true });
    expect(await leftovers()).toEqual([]);
  });

  test('holds nobody up, and takes what is in quarantine for missing rightly', async () => {
    poisoned.add('deal:2');
    await threePortals();
    poisoned.clear();
    let isOver = false;
    await projecting(async () => {
      const writing = (async () => {
        while (!isOver) {
          await append(portalA, `deal:${3 + (serial % 3)}`, 5);
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
      })();
      for (let round = 0; round < 3; round += 1) {
        const { isIntact, portals } = await verifyReadModel({ pool, model, portal: portalA });
        expect({ isIntact, portals }).toMatchObject({ isIntact: true, portals: [{ quarantined: 5 }] });
      }
      isOver = true;
      await writing;
    });
  });

  test('leaves out what the catalogue cannot read, as the projection does', async () => {
    await threePortals();
    const event = eventOf('deal:9', 'of tomorrow', { type: 'DealDreamt' });
    await log.append(portalC, [{ streamId: 'deal:9', expected: 'none', events: [event] }]);
    const catalogue = catalogueOf([{ type: 'DealChanged', schemaVersion: 1, fields: {} }]);
    await pool.query(`UPDATE log.checkpoint SET "position" = "position" + 1 WHERE bucket = $1`, [portalC.bucket]);
    expect(await verifyReadModel({ pool, model, catalogue, portal: portalC })).toMatchObject({ isIntact: true });
    expect(await verifyReadModel({ pool, model, portal: portalC })).toMatchObject({ isIntact: false });
  });
});
