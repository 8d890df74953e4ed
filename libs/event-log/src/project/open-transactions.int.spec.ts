import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
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
import { runProjection } from './run-projection.js';

const NAME = 'open-transactions';
const PATIENCE_MS = 10_000;

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
let listener: WakeUpListener;
let seen: string[];
let stop: AbortController;
let ended: Promise<void>;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'open-spec', max: 20 });
  log = new PostgresEventLog(pool);
  listener = new WakeUpListener({ url: database.url, applicationName: 'open-spec-listener' });
  await listener.start();
});

afterAll(async () => {
  await log.close();
  await listener.close();
  await pool.end();
  await database.drop();
});

beforeEach(async () => {
  await emptyEventLog(pool);
  seen = [];
  stop = new AbortController();
  const feed = new PostgresFeed({ pool, holder: 'a', bucketCount: 8, listener });
  const silent = () => undefined;
  ended = runProjection({
    name: NAME,
    feed,
    pool,
    logger: { info: silent, warn: silent, error: silent },
    signal: stop.signal,
    apply: async (_client, { events }) => {
      for (const { bucket, position, data } of events)
        seen.push(`${bucket}:${position} ${JSON.stringify(data['identity'])}`);
    },
  }).finally(() => feed.close());
});

afterEach(async () => {
  stop.abort();
  await ended;
});

const append = async (portal: PortalAddress, ...identities: string[]): Promise<number> =>
  appendBy(log, portal, ...identities);
const appendBy = async (writer: PostgresEventLog, portal: PortalAddress, ...identities: string[]): Promise<number> =>
  (await writer.append(portal, [groupOf('deal:1', 'any', ...identities)])).position;
const reaches = (portal: PortalAddress, position: number) =>
  waitForPosition(pool, NAME, portal.bucket, position, PATIENCE_MS);

test.each(['COMMIT', 'ROLLBACK'] as const)(
  'an append left open skips nothing and holds up no other bucket; after its %s its own goes on',
  async (outcome) => {
    await append(portalA, 'before');
    const writer = await pool.connect();
    const behind = new PostgresEventLog(pool);
    try {
      await writer.query('BEGIN');
      await log.append(portalA, [groupOf('deal:2', 'any', 'open')], { tx: writer });
      // A writer of another process: appends of one process may wait for each other.
      const waiting = appendBy(behind, portalA, 'behind');
      await append(portalC, 'other');
      expect(await reaches(portalC, 1)).toBe(true);
      expect(await reaches(portalA, 1)).toBe(true);
      expect((await checkpointOf(pool, NAME, portalA.bucket))?.position).toBe(1);
      await writer.query(outcome);
      expect(await reaches(portalA, await waiting)).toBe(true);
    } finally {
      // Closed, so that a transaction which a failure left open does not hold up the specs after this one.
      writer.release(true);
      await behind.close();
    }
    const ofA =
      outcome === 'COMMIT' ? ['3:1 "before"', '3:2 "open"', '3:3 "behind"'] : ['3:1 "before"', '3:2 "behind"'];
    expect(seen.filter((line) => line.startsWith('3:'))).toEqual(ofA);
    expect(seen.filter((line) => line.startsWith('7:'))).toEqual(['7:1 "other"']);
  },
);

test('a writer open in another database and an old snapshot in this one do not delay the feed', async () => {
  const other = await createTestDatabase();
  const otherPool = createPool({ url: other.url, applicationName: 'open-spec-other' });
  const foreign = await otherPool.connect();
  const reader = await pool.connect();
  try {
    await foreign.query('BEGIN; CREATE TABLE held (id int); INSERT INTO held VALUES (1)');
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await reader.query('SELECT count(*) FROM log.event');
    for (let round = 1; round <= 5; round += 1) {
      expect(await reaches(portalA, await append(portalA, `a${round}`))).toBe(true);
      expect(await reaches(portalC, await append(portalC, `c${round}`))).toBe(true);
    }
    // Both are still open: what was applied did not wait for them.
    const { rows } = await pool.query(
      `SELECT count(*) AS open FROM pg_stat_activity WHERE state = 'idle in transaction' AND application_name LIKE 'open-spec%'`,
    );
    expect(rows).toEqual([{ open: 2 }]);
  } finally {
    await foreign.query('ROLLBACK');
    await reader.query('ROLLBACK');
    foreign.release();
    reader.release();
    await otherPool.end();
    await other.drop();
  }
});
