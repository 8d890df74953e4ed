import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { groupOf, portalA, portalB, portalC } from '../conformance/events.spec-fixture.js';
import { eventLogMigrations } from '../migrations/index.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import type { ReadModel } from '../rebuild/read-model.js';
import { dropSnapshotsOf } from './snapshot-rows.js';
import { TimeTravel, type TimeTravelOptions } from './time-travel.js';

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
let travellers: TimeTravel[];
let applied: number;

/** Holds back whoever comes while it is closed. */
class Gate {
  held = 0;
  open: () => void = () => undefined;
  private passage: Promise<void> | null = null;

  async pass(): Promise<void> {
    if (!this.passage) return;
    this.held += 1;
    await this.passage;
  }

  close(): void {
    this.passage = new Promise((resolve) => {
      this.open = () => {
        this.passage = null;
        resolve();
      };
    });
  }
}

/** One row per event; `poison` fails, and everything waits at the gate while there is one. */
function seenEvents(gate?: Gate): ReadModel {
  return {
    name: 'seen',
    definitionVersion: 'v1',
    createTables: async (client, schema) => {
      await client.query(`CREATE TABLE ${schema}.seen ("position" bigint PRIMARY KEY, stream text, portal_id uuid)`);
    },
    createViews: async (client, views, tables) => {
      await client.query(`CREATE VIEW ${views}.seen AS SELECT * FROM ${tables}.seen`);
    },
    async apply(client, { schema, events }) {
      await gate?.pass();
      for (const { position, streamId, portalId } of events) {
        if (streamId === 'deal:poison') throw new TypeError('cannot be applied');
        await client.query(`INSERT INTO ${schema}.seen VALUES ($1, $2, $3)`, [position, streamId, portalId]);
      }
      applied += events.length;
    },
  };
}

function traveller(options: Partial<TimeTravelOptions> = {}): TimeTravel {
  const silent = () => undefined;
  const logger = { info: silent, warn: silent, error: silent };
  const made = new TimeTravel({ pool, model: seenEvents(), logger, batchSize: 3, idleSeconds: 0, ...options });
  travellers.push(made);
  return made;
}

/** Positions a snapshot holds, once it is ready. */
async function seenAt(travel: TimeTravel, position: number, portal = portalA): Promise<number[]> {
  const asAt = await travel.open(portal, position, 10_000);
  if (asAt.state !== 'ready') throw new Error(`Still preparing: ${asAt.done}`);
  const { rows } = await pool.query<{ position: number; portal_id: string }>(
    `SELECT "position", portal_id FROM ${asAt.views}.seen ORDER BY "position"`,
  );
  expect(rows.every((row) => row.portal_id === portal.portalId)).toBe(true);
  return rows.map((row) => row.position);
}

const snapshots = async () =>
  (await pool.query<{ position: number; status: string }>('SELECT "position", status FROM travel.snapshot ORDER BY id'))
    .rows;

/** Until the first batch is held back at the gate. */
async function untilHeld(gate: Gate): Promise<void> {
  while (gate.held === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function schemas(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT count(*) AS count FROM pg_namespace WHERE nspname ~ '^travel_'`,
  );
  return rows[0]?.count ?? 0;
}

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'time-travel-spec', max: 12 });
  log = new PostgresEventLog(pool);
});

afterAll(async () => {
  await log.close();
  await pool.end();
  await database.drop();
});

/** Bucket 3: portal A at 1 to 4, 7 to 10; portal B at 5, 6. */
beforeEach(async () => {
  await emptyEventLog(pool);
  await pool.query('SELECT travel.drop_snapshot(id) FROM travel.snapshot');
  travellers = [];
  applied = 0;
  await log.append(portalA, [groupOf('deal:1', 'none', 'a', 'b', 'c', 'd')]);
  await log.append(portalB, [groupOf('deal:1', 'none', 'e', 'f')]);
  await log.append(portalA, [groupOf('deal:2', 'none', 'g', 'h', 'i', 'j')]);
});

afterEach(async () => {
  await Promise.all(travellers.map((travel) => travel.close()));
});

test('a snapshot holds the events of the portal up to the position and nothing else', async () => {
  const travel = traveller();
  expect(await seenAt(travel, 3)).toEqual([1, 2, 3]);
  expect(await seenAt(travel, 8)).toEqual([1, 2, 3, 4, 7, 8]);
  expect(await seenAt(travel, 10)).toEqual([1, 2, 3, 4, 7, 8, 9, 10]);
  expect(await seenAt(travel, 6, portalB)).toEqual([5, 6]);
});

test('positions between which nothing happened in the portal share a snapshot, which is filled once', async () => {
  const [first, second] = [traveller(), traveller()];
  const seen = await Promise.all([4, 5, 6].flatMap((position) => [seenAt(first, position), seenAt(second, position)]));
  expect(new Set(seen.map(String))).toEqual(new Set(['1,2,3,4']));
  expect(applied).toBe(4);
  const asAt = await first.open(portalA, 6, 0);
  const [event] = await log.readBucket(3, 3, 1);
  expect(asAt).toMatchObject({ state: 'ready', position: 4 });
  expect(Math.abs(asAt.knownAt.getTime() - Date.parse(event?.recordedAt ?? ''))).toBeLessThan(2);
});

test('what is not there is refused', async () => {
  const travel = traveller();
  await expect(travel.open(portalA, 11, 0)).rejects.toMatchObject({ code: 'TIME_TRAVEL_POSITION_AHEAD' });
  await expect(travel.open(portalB, 4, 0)).rejects.toMatchObject({ code: 'TIME_TRAVEL_POSITION_UNKNOWN' });
  await expect(travel.open(portalC, 1, 0)).rejects.toMatchObject({ code: 'TIME_TRAVEL_POSITION_AHEAD' });
});

test('while it is filled its progress is told, and nothing is answered from it', async () => {
  const gate = new Gate();
  gate.close();
  const travel = traveller({ model: seenEvents(gate) });
  expect(await travel.open(portalA, 10, 0)).toMatchObject({ state: 'preparing', done: 0, position: 10 });
  await untilHeld(gate);
  expect(await traveller().open(portalA, 10, 200)).toMatchObject({ state: 'preparing', position: 10 });
  gate.open();
  expect(await seenAt(travel, 10)).toHaveLength(8);
});

test('what a dead program left half-way is filled anew; the dead one cannot spoil it when it wakes', async () => {
  const gate = new Gate();
  const slow = traveller({ model: seenEvents(gate), batchSize: 1 });
  gate.close();
  expect(await slow.open(portalA, 10, 0)).toMatchObject({ state: 'preparing' });
  await untilHeld(gate);
  await pool.query(`UPDATE travel.snapshot SET beat_at = now() - interval '1 minute'`);
  // The dead one holds locks on the tables only as long as its transaction lives.
  const woken = seenAt(traveller(), 10);
  await new Promise((resolve) => setTimeout(resolve, 300));
  gate.open();
  expect(await woken).toHaveLength(8);
  await slow.close();
  expect(await seenAt(traveller(), 10)).toHaveLength(8);
  expect(await snapshots()).toEqual([{ position: 10, status: 'ready' }]);
  expect(await schemas()).toBe(2);
});

test('an event that cannot be applied is left out with those behind it, as a projection does', async () => {
  await log.append(portalA, [groupOf('deal:3', 'none', 'k'), groupOf('deal:poison', 'none', 'l', 'm')]);
  await log.append(portalA, [groupOf('deal:3', 1, 'n')]);
  expect(await seenAt(traveller(), 14)).toEqual([1, 2, 3, 4, 7, 8, 9, 10, 11, 14]);
});

test('few are kept, those used last; when all are in use nobody is thrown out', async () => {
  const travel = traveller({ keptPerPortal: 2, keptInAll: 3 });
  for (const position of [1, 2, 1, 3]) await seenAt(travel, position);
  expect(await snapshots()).toMatchObject([{ position: 1 }, { position: 3 }]);
  await seenAt(travel, 5, portalB);
  await seenAt(travel, 1);
  await seenAt(travel, 6, portalB);
  expect(await snapshots()).toMatchObject([{ position: 1 }, { position: 5 }, { position: 6 }]);
  expect(await schemas()).toBe(6);
  const busy = traveller({ keptPerPortal: 1, idleSeconds: 60 });
  await expect(busy.open(portalA, 2, 5_000)).rejects.toMatchObject({ code: 'TIME_TRAVEL_BUSY' });
});

test('snapshots of a portal are dropped with what they hold, also while one is filled', async () => {
  const gate = new Gate();
  const travel = traveller({ model: seenEvents(gate), batchSize: 1 });
  await seenAt(travel, 2);
  gate.close();
  await travel.open(portalA, 10, 0);
  await untilHeld(gate);
  const dropped = withTransaction(pool, (client) => dropSnapshotsOf(client, portalA.portalId));
  gate.open();
  await dropped;
  await travel.close();
  expect(await snapshots()).toEqual([]);
  expect(await schemas()).toBe(0);
  expect(await seenAt(traveller(), 10)).toHaveLength(8);
});

test('a snapshot nobody asks for any more is given up', async () => {
  const gate = new Gate();
  const travel = traveller({ model: seenEvents(gate), batchSize: 1, forgottenSeconds: 0.1 });
  gate.close();
  await travel.open(portalA, 10, 0);
  await Promise.race([untilHeld(gate), new Promise((resolve) => setTimeout(resolve, 1_000))]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  gate.open();
  await travel.close();
  expect([await snapshots(), await schemas()]).toEqual([[], 0]);
  expect(applied).toBeLessThanOrEqual(1);
});

test('a row without its schemas, as a restored database has it, is filled anew', async () => {
  const travel = traveller();
  await seenAt(travel, 3);
  const { rows } = await pool.query<{ id: number }>('SELECT id FROM travel.snapshot');
  await pool.query(`DROP SCHEMA travel_${rows[0]?.id}_read, travel_${rows[0]?.id} CASCADE`);
  expect(await seenAt(travel, 3)).toEqual([1, 2, 3]);
  expect(await snapshots()).toEqual([{ position: 3, status: 'ready' }]);
});

test('a start clears what another version made and what was never finished', async () => {
  await seenAt(traveller(), 3);
  await seenAt(traveller({ model: { ...seenEvents(), definitionVersion: 'v0' } }), 2);
  await pool.query(
    `UPDATE travel.snapshot SET status = 'building', beat_at = now() - interval '1 minute' WHERE "position" = 3`,
  );
  await seenAt(traveller(), 1);
  await traveller().clear();
  expect(await snapshots()).toEqual([{ position: 1, status: 'ready' }]);
  expect(await schemas()).toBe(2);
});
