import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { portalA } from '../conformance/events.spec-fixture.js';
import { eventLogMigrations } from '../migrations/index.js';
import { keyRingConformance } from './key-ring.spec-fixture.js';
import { KeyRing } from './key-ring.js';
import { PostgresKeyStore } from './postgres-key-store.js';

let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'key-ring-spec' });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

keyRingConformance(async () => {
  await pool.query('TRUNCATE keys.subject_key, keys.match_key, keys.erased_subject');
  return new PostgresKeyStore(pool);
});

test('no key lies in the database as it is used, and a destroyed one not at all', async () => {
  const store = new PostgresKeyStore(pool);
  const ring = new KeyRing({ masterKey: Buffer.alloc(32, 7), store });
  await ring.sealMany(portalA, [
    { subject: 'contact:10', fields: { name: 'a' } },
    { subject: 'contact:11', fields: { name: 'b' } },
  ]);
  await ring.destroy(portalA, ['contact:11']);
  const { rows } = await pool.query(
    `SELECT subject, length(wrapped) AS bytes, destroyed_at IS NOT NULL AS destroyed
       FROM keys.subject_key WHERE subject IN ('contact:10', 'contact:11') ORDER BY subject`,
  );
  expect(rows).toEqual([
    { subject: 'contact:10', bytes: 60, destroyed: false },
    { subject: 'contact:11', bytes: null, destroyed: true },
  ]);
});
