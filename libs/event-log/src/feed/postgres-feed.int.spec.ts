import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { groupOf, portalA } from '../conformance/events.spec-fixture.js';
import { feedConformance, leaseConformance, type LeasedFeedHarness } from '../conformance/feed.spec-fixture.js';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { eventLogMigrations } from '../migrations/index.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { PostgresFeed } from './postgres-feed.js';
import { WakeUpListener } from './wake-up-listener.js';

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
let listener: WakeUpListener;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'feed-spec' });
  log = new PostgresEventLog(pool);
  listener = new WakeUpListener({ url: database.url, applicationName: 'feed-spec-listener' });
  await listener.start();
});

afterAll(async () => {
  await log.close();
  await listener.close();
  await pool.end();
  await database.drop();
});

async function open({ bucketCount }: { bucketCount: number }): Promise<LeasedFeedHarness> {
  await emptyEventLog(pool);
  return {
    log,
    feed: (holder) => new PostgresFeed({ pool, holder, bucketCount, leaseMs: 60_000, listener }),
    letLeasesExpire: async () => {
      await pool.query(`UPDATE log.lease SET expires_at = now(); UPDATE log.member SET expires_at = now()`);
    },
  };
}

feedConformance(open);
leaseConformance(open);

test('the listener comes back after its connection was killed, and wakes its feeds', async () => {
  await emptyEventLog(pool);
  const feed = new PostgresFeed({ pool, holder: 'a', listener });
  await feed.wake(1);
  await pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'feed-spec-listener'`,
  );
  const deadlineMs = performance.now() + 5_000;
  await feed.wake(2_000);
  while (!listener.isListening && performance.now() < deadlineMs)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(listener.isListening).toBe(true);
  const startedMs = performance.now();
  const asleep = feed.wake(5_000);
  await log.append(portalA, [groupOf('deal:1', 'any', 'a')]);
  await asleep;
  expect(performance.now() - startedMs).toBeLessThan(2_000);
  feed.close();
});

test('a lease given before the clock of the server went back is taken over, and its holder counts as gone', async () => {
  await emptyEventLog(pool);
  const options = { pool, bucketCount: 4, leaseMs: 5_000 };
  const dead = new PostgresFeed({ ...options, holder: 'dead' });
  const heir = new PostgresFeed({ ...options, holder: 'heir' });
  await dead.assignments('funnel');
  // An hour was taken back: what was to end in seconds ends in an hour.
  await pool.query(`UPDATE log.lease SET expires_at = expires_at + interval '1 hour';
                    UPDATE log.member SET expires_at = expires_at + interval '1 hour'`);
  expect(await heir.assignments('funnel')).toEqual([0, 1, 2, 3].map((bucket) => ({ bucket, epoch: 2 })));
  dead.close();
  heir.close();
});

test('a step of the clock that is small against the lease takes no bucket from a living worker', async () => {
  await emptyEventLog(pool);
  const options = { pool, bucketCount: 4, leaseMs: 60_000 };
  const holder = new PostgresFeed({ ...options, holder: 'holder' });
  const other = new PostgresFeed({ ...options, holder: 'other' });
  await holder.assignments('funnel');
  await pool.query(`UPDATE log.lease SET expires_at = expires_at + interval '3 s';
                    UPDATE log.member SET expires_at = expires_at + interval '3 s'`);
  expect(await other.assignments('funnel')).toEqual([]);
  holder.close();
  other.close();
});

test('a lease ends no later than its duration after it was given', async () => {
  await emptyEventLog(pool);
  const feed = new PostgresFeed({ pool, holder: 'a', bucketCount: 4, leaseMs: 5_000 });
  await feed.assignments('funnel');
  const { rows } = await pool.query(
    `SELECT bool_and(expires_at <= clock_timestamp() + lease_ms * interval '1 ms') AS "isBounded" FROM log.lease`,
  );
  expect(rows).toEqual([{ isBounded: true }]);
  feed.close();
});
