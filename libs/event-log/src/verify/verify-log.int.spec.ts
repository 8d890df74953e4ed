import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { eventOf, groupOf, portalA, portalB, portalC } from '../conformance/events.spec-fixture.js';
import { eventLogMigrations } from '../migrations/index.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { countHoles, verifyLog } from './verify-log.js';

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'verify-spec' });
  log = new PostgresEventLog(pool);
});

afterAll(async () => {
  await log.close();
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  await emptyEventLog(pool);
  for (let index = 0; index < 10; index += 1) {
    const sealed = { 'contact:1': `v1.text${index}` };
    await log.append(portalA, [
      groupOf('deal:1', 'any', `a${index}`),
      { streamId: 'lead:1', expected: 'any', events: [eventOf('lead:1', `s${index}`, { sealed })] },
    ]);
    await log.append(portalB, [groupOf('deal:1', 'any', `b${index}`)]);
  }
  await log.append(portalC, [groupOf('deal:1', 'any', 'c')]);
});

/** Changes rows as only somebody could who switches the trigger off. */
const tamper = (statement: string) =>
  pool.query(`ALTER TABLE log.event DISABLE TRIGGER USER; ${statement}; ALTER TABLE log.event ENABLE TRIGGER USER`);

test('an untouched log is intact, and the next run goes on where this one ended', async () => {
  expect(await verifyLog(pool, { batchSize: 7 })).toEqual({
    isIntact: true,
    buckets: [
      { bucket: 3, from: 1, through: 30, events: 30, erased: 0, damageCount: 0, damages: [] },
      { bucket: 7, from: 1, through: 1, events: 1, erased: 0, damageCount: 0, damages: [] },
    ],
  });
  await log.append(portalA, [groupOf('deal:1', 'any', 'new')]);
  const resumed = await verifyLog(pool, { bucket: 3 });
  expect(resumed.buckets).toMatchObject([{ from: 31, through: 31, events: 1, damageCount: 0 }]);
  expect((await verifyLog(pool, { bucket: 3 })).buckets).toMatchObject([{ from: 32, through: 31, events: 0 }]);
  expect((await verifyLog(pool, { bucket: 3, from: 1 })).buckets).toMatchObject([{ events: 31, damageCount: 0 }]);
  expect((await verifyLog(pool, { bucket: 3, from: 9 })).buckets).toMatchObject([{ events: 23, damageCount: 0 }]);
  // What lies before has not been looked at, so nothing is remembered.
  await pool.query('TRUNCATE log.verification');
  await verifyLog(pool, { bucket: 3, from: 9 });
  expect((await verifyLog(pool, { bucket: 3 })).buckets).toMatchObject([{ from: 1, events: 31 }]);
  expect(await countHoles(pool)).toEqual(
    new Map([
      [3, 0],
      [7, 0],
    ]),
  );
});

describe('damage is found and named', () => {
  test.each([
    [
      'a row removed',
      `DELETE FROM log.event WHERE bucket = 3 AND "position" = 5`,
      [
        [5, 'missing'],
        [6, 'chain'],
      ],
    ],
    ['the last row removed', `DELETE FROM log.event WHERE bucket = 3 AND "position" = 30`, [[30, 'missing']]],
    [
      'data changed',
      `UPDATE log.event SET body = replace(body::text, '15000000', '15000001')::json WHERE bucket = 3 AND "position" = 5`,
      [[5, 'content']],
    ],
    [
      'data and digest changed',
      `UPDATE log.event SET body = '{"data":{},"eventId":"x","streamId":"y"}',
         digest = sha256('{"data":{},"eventId":"x","streamId":"y"}') WHERE bucket = 3 AND "position" = 4`,
      [
        [4, 'identity'],
        [4, 'chain'],
      ],
    ],
    ['a version changed', `UPDATE log.event SET version = 77 WHERE bucket = 3 AND "position" = 5`, [[5, 'chain']]],
    ['a time changed', `UPDATE log.event SET recorded_at = now() WHERE bucket = 3 AND "position" = 5`, [[5, 'chain']]],
    [
      'a portal changed',
      `UPDATE log.event SET portal_id = '${portalC.portalId}' WHERE bucket = 3 AND "position" = 4`,
      [[4, 'chain']],
    ],
    ['a stream renamed', `UPDATE log.event SET stream_id = 'z' WHERE bucket = 3 AND "position" = 4`, [[4, 'identity']]],
    [
      'a sealed text exchanged',
      `UPDATE log.event SET sealed = '{"contact:1":"v1.other"}' WHERE bucket = 3 AND "position" = 5`,
      [[5, 'sealed content']],
    ],
    [
      'a sealed text added',
      `UPDATE log.event SET sealed = '{"contact:1":"v1.other"}' WHERE bucket = 3 AND "position" = 4`,
      [[4, 'sealed content']],
    ],
    [
      'a chain forged to its end',
      `UPDATE log.event SET hash = sha256('x') WHERE bucket = 3 AND "position" = 30`,
      [[30, 'chain']],
    ],
    ['a counter turned back', `UPDATE log.counter SET "position" = 29 WHERE bucket = 3`, [[30, 'beyond the counter']]],
    [
      'a counter of another chain',
      `UPDATE log.counter SET hash = sha256('x') WHERE bucket = 3`,
      [[30, 'counter hash']],
    ],
  ])('%s', async (_name, statement, damages) => {
    await tamper(statement);
    const { isIntact, buckets } = await verifyLog(pool, { bucket: 3, batchSize: 7 });
    expect(isIntact).toBe(false);
    const found = buckets[0]?.damages.map(({ position, kind }) => [position, kind]);
    expect(found).toEqual(damages);
    expect((await pool.query('SELECT FROM log.verification')).rowCount).toBe(0);
  });

  test('also before the point where the next run would resume', async () => {
    await verifyLog(pool);
    await tamper(`UPDATE log.event SET hash = sha256('x') WHERE bucket = 3 AND "position" = 30`);
    const { buckets } = await verifyLog(pool, { bucket: 3 });
    expect(buckets[0]?.damages).toMatchObject([{ position: 30, kind: 'rewritten since it was verified' }]);
  });

  test('and counted as a hole', async () => {
    await tamper(`DELETE FROM log.event WHERE bucket = 3 AND "position" IN (5, 6)`);
    expect((await countHoles(pool)).get(3)).toBe(2);
  });
});

test('what was erased is counted and is no damage', async () => {
  await tamper(`UPDATE log.event SET sealed = NULL WHERE bucket = 3 AND "position" IN (2, 5)`);
  await tamper(`UPDATE log.event SET body = jsonb_set(body::jsonb, '{data}', 'null')::json
                 WHERE bucket = 3 AND "position" IN (5, 6)`);
  expect(await verifyLog(pool, { bucket: 3 })).toMatchObject({
    isIntact: true,
    buckets: [{ erased: 3, damageCount: 0 }],
  });
});
