import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { groupOf, portalA } from './conformance/events.spec-fixture.js';
import { eventLogMigrations } from './migrations/index.js';
import { type AppendObservation, PostgresEventLog } from './postgres-event-log.js';

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
const seen: AppendObservation[] = [];
/** What was told since the last time. */
const told = () => seen.splice(0).map(({ outcome, events }) => [outcome, events]);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'append-observer-spec' });
  log = new PostgresEventLog(pool, { onAppended: (append) => seen.push(append) });
});
beforeEach(() => void seen.splice(0));
afterAll(async () => {
  await log.close();
  await pool.end();
  await database.drop();
});

test('an append is told with its new events, one that was there already as replayed, a refusal as a conflict', async () => {
  await log.append(portalA, [groupOf('deal:1', 'none', 'a', 'b')]);
  expect(seen[0]?.seconds).toBeGreaterThan(0);
  expect(told()).toEqual([['appended', 2]]);
  await log.append(portalA, [groupOf('deal:1', 'any', 'a', 'b', 'c')], { duplicates: 'skip' });
  await log.append(portalA, [groupOf('deal:1', 'any', 'a', 'b', 'c')]);
  expect(told()).toEqual([
    ['appended', 1],
    ['replayed', 0],
  ]);
  await expect(log.append(portalA, [groupOf('deal:1', 'none', 'd')])).rejects.toMatchObject({
    code: 'EVENT_LOG_VERSION_CONFLICT',
  });
  await expect(log.append(portalA, [groupOf('deal:1', 'any', 'a', 'e')])).rejects.toMatchObject({
    code: 'EVENT_LOG_PARTIAL_REPLAY',
  });
  expect(told()).toEqual([
    ['conflict', 0],
    ['conflict', 0],
  ]);
});

test("within the caller's transaction it is told after the commit, and never when it was rolled back", async () => {
  await withTransaction(pool, async (tx) => {
    await log.append(portalA, [groupOf('deal:2', 'none', 'f')], { tx });
    expect(told()).toEqual([]);
  });
  expect(told()).toEqual([['appended', 1]]);
  const attempt = withTransaction(pool, async (tx) => {
    await log.append(portalA, [groupOf('deal:2', 'any', 'g')], { tx });
    throw new Error('changed my mind');
  });
  await expect(attempt).rejects.toThrow('changed my mind');
  expect(told()).toEqual([]);
});

test('a database that is away is told as a failure', async () => {
  const away = createPool({ url: database.url, applicationName: 'append-observer-spec' });
  await away.end();
  const onAway = new PostgresEventLog(away, { onAppended: (append) => seen.push(append) });
  await expect(onAway.append(portalA, [groupOf('deal:3', 'any', 'h')])).rejects.toThrow();
  expect(told()).toEqual([['failed', 0]]);
});
