import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventLogMigrations } from '@funnelwatch/event-log';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { writeBackMigrations } from '../write-back-migrations.js';
import { outboxStatus, outboxStatusQuery } from './outbox-status.js';

let database: TestDatabase;
let owner: Pool;
const now = new Date('2026-06-01T12:00:00Z');
const [first, second] = [randomUUID(), randomUUID()].sort() as [string, string];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: [...eventLogMigrations, ...writeBackMigrations] });
  owner = createPool({ url: database.url, applicationName: 'outbox-status-spec' });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

/** Messages made so many days ago, in a state. */
async function add(portalId: string, state: string, daysAgo: number, count = 1): Promise<void> {
  const isUnderWay = state === 'waiting';
  await owner.query(
    `INSERT INTO writeback.message (bucket, portal_id, message_id, channel, recipient_id, about_kind, about_id, purpose,
                                    sealed_text, marker, not_before, state, next_attempt_at, created_at)
     SELECT 3, $1, gen_random_uuid(), 'task', '3', 'deal', '1', 'case:1', 'x', 'marker ' || number, made, $2,
            CASE WHEN $5 THEN made END, made
       FROM (SELECT $3::timestamptz - make_interval(days => $4) AS made) AS at, generate_series(1, $6::int) AS number`,
    [portalId, state, now, daysAgo, isUnderWay, count],
  );
}

test('what is under way counts however old, what is done with for thirty days, and every portal is found', async () => {
  expect(await outboxStatus(owner, now)).toEqual([]);
  for (const [portal, state, daysAgo] of [
    [first, 'waiting', 400],
    [first, 'sent', 29],
    [first, 'sent', 31],
    [second, 'failed', 1],
    [second, 'failed', 2],
  ] as const) {
    await add(portal, state, daysAgo);
  }
  const none = { channel: 'task', outcomeUnknown: 0 };
  const ofFirst = [
    { ...none, portalId: first, state: 'sent', messages: 1, overdueSeconds: 0 },
    { ...none, portalId: first, state: 'waiting', messages: 1, overdueSeconds: 400 * 86_400 },
  ];
  const ofSecond = { ...none, portalId: second, state: 'failed', messages: 2, overdueSeconds: 0 };
  expect(await outboxStatus(owner, now)).toEqual([...ofFirst, ofSecond]);
  expect(await outboxStatus(owner, now, second)).toEqual([ofSecond]);
});

test('years of messages that were sent are not looked at', async () => {
  await add(first, 'sent', 100, 20_000);
  await owner.query('ANALYZE');
  const { rows } = await owner.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${outboxStatusQuery}`, [now, null]);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('message_newest');
  expect(plan).not.toContain('Seq Scan on message');
});
