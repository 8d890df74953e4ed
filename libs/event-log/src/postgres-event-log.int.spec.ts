import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from './conformance/empty-event-log.spec-fixture.js';
import { eventLogConformance } from './conformance/event-log.spec-fixture.js';
import { eventOf, groupOf, portalA, portalB, portalC } from './conformance/events.spec-fixture.js';
import { eventLogMigrations } from './migrations/index.js';
import { PostgresEventLog } from './postgres-event-log.js';

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'event-log-spec', max: 20 });
});

afterAll(async () => {
  await log.close();
  await pool.end();
  await database.drop();
});

async function emptyLog(): Promise<PostgresEventLog> {
  await emptyEventLog(pool);
  await log?.close();
  log = new PostgresEventLog(pool);
  return log;
}

describe('the log in PostgreSQL', () => {
  eventLogConformance(emptyLog);
});

describe('the log in PostgreSQL without coalescing', () => {
  eventLogConformance(async () => {
    await emptyLog();
    log = new PostgresEventLog(pool, { groupCommit: { bypassAboveEvents: 0 } });
    return log;
  });
});

describe("a caller's transaction", () => {
  test('commits its own rows and the events together', async () => {
    await emptyLog();
    await pool.query('CREATE TABLE IF NOT EXISTS cursor_row (id int PRIMARY KEY)');
    await withTransaction(pool, async (tx) => {
      await tx.query('INSERT INTO cursor_row VALUES (1)');
      await log.append(portalA, [groupOf('deal:1', 'none', 'a')], { tx });
      await log.append(portalC, [groupOf('deal:1', 'none', 'a', 'b')], { tx });
      expect(await log.head(3)).toBe(0);
    });
    expect(await log.head(3)).toBe(1);
    expect(await log.head(7)).toBe(2);
  });

  test('rolls both back, and the next append takes the same positions', async () => {
    await emptyLog();
    const attempt = withTransaction(pool, async (tx) => {
      await log.append(portalA, [groupOf('deal:1', 'none', 'a', 'b')], { tx });
      throw new Error('changed my mind');
    });
    await expect(attempt).rejects.toThrow('changed my mind');
    const result = await log.append(portalB, [groupOf('deal:2', 'none', 'c')]);
    expect(result.events).toMatchObject([{ position: 1, version: 1 }]);
  });

  test('survives a refusal and may go on', async () => {
    await emptyLog();
    await withTransaction(pool, async (tx) => {
      await log.append(portalA, [groupOf('deal:1', 'none', 'a')], { tx });
      const refused = log.append(portalA, [groupOf('deal:1', 'none', 'b')], { tx });
      await expect(refused).rejects.toMatchObject({ code: 'EVENT_LOG_VERSION_CONFLICT' });
      await log.append(portalA, [groupOf('deal:1', 1, 'b')], { tx });
    });
    expect(await log.head(3)).toBe(2);
  });

  test('with an older snapshot is refused: it would miss what was committed before the lock', async () => {
    await emptyLog();
    const client = await pool.connect();
    try {
      await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      const refused = log.append(portalA, [groupOf('deal:1', 'none', 'a')], { tx: client });
      await expect(refused).rejects.toMatchObject({ code: '25001' });
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

describe('append-only', () => {
  test.each([
    ['UPDATE', `UPDATE log.event SET version = 7`],
    ['UPDATE of data', `UPDATE log.event SET body = '{}'`],
    ['UPDATE of sealed', `UPDATE log.event SET sealed = NULL`],
    ['DELETE', `DELETE FROM log.event`],
    ['TRUNCATE', `TRUNCATE log.event`],
  ])('%s is refused even to the owner', async (_name, statement) => {
    await emptyLog();
    await log.append(portalA, [groupOf('deal:1', 'none', 'a')]);
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    expect(await log.head(3)).toBe(1);
    expect(await log.readBucket(3, 0, 10)).toHaveLength(1);
  });

  test('the role erase may empty data and sealed, and nothing else', async () => {
    await emptyLog();
    const sealed = { 'contact:1': 'v1.secret' };
    const events = [eventOf('deal:1', 'a', { sealed })];
    await log.append(portalA, [{ streamId: 'deal:1', expected: 'none', events }]);
    await pool.query(`
      DO $$ BEGIN CREATE ROLE funnelwatch_erase; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
      GRANT USAGE ON SCHEMA log TO funnelwatch_erase;
      GRANT SELECT, UPDATE ON log.event TO funnelwatch_erase;
    `);
    const asErase = (statement: string) =>
      withTransaction(pool, async (client) => {
        await client.query('SET LOCAL ROLE funnelwatch_erase');
        await client.query(statement);
      });
    await expect(asErase(`UPDATE log.event SET version = 7`)).rejects.toMatchObject({ code: '42501' });
    await expect(asErase(`UPDATE log.event SET sealed = '{"contact:1":"x"}'`)).rejects.toMatchObject({ code: '42501' });
    await expect(asErase(`UPDATE log.event SET body = '{"data":null}'`)).rejects.toMatchObject({ code: '42501' });
    await expect(asErase(`DELETE FROM log.event`)).rejects.toMatchObject({ code: '42501' });

    await asErase(`UPDATE log.event SET sealed = NULL`);
    expect((await log.readBucket(3, 0, 1))[0]).toMatchObject({ sealed: null, erased: true, data: { identity: 'a' } });
    await asErase(`UPDATE log.event SET body = jsonb_set(body::jsonb, '{data}', 'null')::json`);
    expect((await log.readBucket(3, 0, 1))[0]).toMatchObject({ data: null, erased: true, type: 'DealChanged' });
  });
});

test('digests and the chain can be checked in SQL', async () => {
  await emptyLog();
  for (let index = 0; index < 5; index += 1) {
    await log.append(portalA, [
      groupOf('deal:1', 'any', `a${index}`, `b${index}`),
      groupOf('deal:2', 'any', `c${index}`),
    ]);
    await log.append(portalB, [groupOf('deal:1', 'any', `a${index}`.repeat(2000))]);
  }
  const { rows } = await pool.query(`
    SELECT count(*)::int AS events,
           count(*) FILTER (WHERE digest <> sha256(convert_to(body::text, 'UTF8')))::int AS wrong_digests,
           count(*) FILTER (WHERE hash <> log.chain_hash(previous, bucket, "position", version, recorded_at, portal_id, digest))::int
             AS wrong_hashes
      FROM (SELECT *, lag(hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY "position") AS previous
              FROM log.event WHERE bucket = 3) AS chained
  `);
  expect(rows).toEqual([{ events: 20, wrong_digests: 0, wrong_hashes: 0 }]);
});

test('an append that PostgreSQL refuses fails alone', async () => {
  await emptyLog();
  const broken = { ...eventOf('deal:2', 'b'), eventId: '0193a1f0-0000-8000-8000-00000000zzzz' };
  const appends = await Promise.allSettled([
    log.append(portalA, [groupOf('deal:1', 'none', 'a')]),
    log.append(portalA, [{ streamId: 'deal:2', expected: 'none', events: [broken] }]),
    log.append(portalA, [groupOf('deal:3', 'none', 'c')]),
  ]);
  expect(appends.map((append) => append.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(await log.head(3)).toBe(2);
});
