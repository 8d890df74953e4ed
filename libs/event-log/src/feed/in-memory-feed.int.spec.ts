import { afterAll, beforeAll } from '@jest/globals';
import { systemClock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { workerConformance } from '../conformance/worker.spec-fixture.js';
import { InMemoryEventLog } from '../in-memory-event-log.js';
import { eventLogMigrations } from '../migrations/index.js';
import { InMemoryFeed } from './in-memory-feed.js';
import { InMemoryLeases } from './in-memory-leases.js';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'in-memory-feed-spec' });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

workerConformance(async ({ bucketCount }) => {
  await emptyEventLog(pool);
  const log = new InMemoryEventLog();
  // Leases are shared by the workers of a test, so each test has leases of one duration.
  const leases = new Map<number, InMemoryLeases>();
  const leasesOf = (leaseMs: number) => {
    const known = leases.get(leaseMs) ?? new InMemoryLeases({ bucketCount, leaseMs }, systemClock);
    leases.set(leaseMs, known);
    return known;
  };
  return {
    log,
    pool,
    history: log,
    feed: (holder, leaseMs) => new InMemoryFeed({ log, leases: leasesOf(leaseMs), holder }),
  };
});
