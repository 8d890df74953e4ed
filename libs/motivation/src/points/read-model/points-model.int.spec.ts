import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventLogMigrations } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { motivationMigrations } from '../../schema/create-motivation.js';
import { appeared, at, changed, deleted, type Fact, ledgerOf, moved, sumsOf } from '../ledger-world.spec-fixture.js';
import type { LedgerEntry } from '../entries.js';
import { LedgerReader } from './ledger-reader.js';
import { motivationReadModel } from './points-model.js';

let database: TestDatabase;
let pool: Pool;
const bucket = 3;
const model = motivationReadModel();

beforeAll(async () => {
  database = await createTestDatabase({ migrations: [...eventLogMigrations, ...motivationMigrations] });
  pool = createPool({ url: database.url, applicationName: 'points-spec' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const configured: Fact = {
  streamId: 'pipelines:deal',
  type: 'PipelinesConfigured',
  occurredAt: at(1, 0),
  actor: 'system',
  data: {
    kind: 'deal',
    pipelines: [
      {
        pipelineId: 'deal:0',
        stages: ['NEW', 'MEETING', 'PROPOSAL', 'WON', 'LOSE'].map((stageId) => ({
          stageId,
          semantics: stageId === 'WON' ? 'S' : stageId === 'LOSE' ? 'F' : 'P',
        })),
      },
    ],
  },
};

function stored(portalId: string, facts: readonly Fact[]): StoredEvent[] {
  return facts.map(
    (fact, index) =>
      ({
        ...fact,
        portalId,
        bucket,
        position: index + 1,
        eventId: randomUUID(),
        provenance: 'observed',
      }) as StoredEvent,
  );
}

async function fold(events: readonly StoredEvent[], batch: number): Promise<void> {
  for (let from = 0; from < events.length; from += batch) {
    const part = events.slice(from, from + batch);
    await withTransaction(pool, (client) => model.apply(client, { schema: 'motivation_v1', bucket, events: part }));
  }
}

async function entriesOf(portalId: string): Promise<LedgerEntry[]> {
  const { rows } = await pool.query<LedgerEntry & { done_at: Date }>(
    `SELECT measure, done_at, doer, about, actions, kopecks::text AS kopecks, currency FROM read.ledger_entry
      WHERE bucket = $1 AND portal_id = $2 ORDER BY position, line`,
    [bucket, portalId],
  );
  return rows.map(({ done_at, ...row }) => ({ ...row, at: done_at.toISOString() }));
}

const own = { ownerId: '1', amountKopecks: '4000000', currency: 'RUB' };
const fact = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }).map((id) => `deal:${id}`),
    fc.integer({ min: 3, max: 28 }),
    fc.integer({ min: 0, max: 23 }),
    fc.constantFrom('NEW', 'MEETING', 'PROPOSAL', 'WON', 'LOSE', 'amount', 'owner', 'gone'),
    fc.integer({ min: 1, max: 9 }),
  )
  .map(([deal, day, hour, what, number]): Fact => {
    if (what === 'amount') return changed(deal, at(day, hour), { amountKopecks: `${number}00` });
    if (what === 'owner') return changed(deal, at(day, hour), { ownerId: String(number) });
    if (what === 'gone') return deleted(deal, at(day, hour));
    return moved(deal, at(day, hour), what, `user:${number}`);
  });
const world = fc
  .array(fact, { maxLength: 40 })
  .map((facts) => [
    configured,
    ...['deal:1', 'deal:2', 'deal:3'].map((deal) => appeared(deal, at(2, 9), own)),
    ...facts,
  ]);

test('however facts come in batches, the ledger has the lines of the facts one by one', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.integer({ min: 1, max: 20 }), async (facts, batch) => {
      const portalId = randomUUID();
      await fold(stored(portalId, facts), batch);
      expect(await entriesOf(portalId)).toEqual(ledgerOf(facts.slice(1)).entries);
    }),
    { numRuns: 40 },
  );
});

test('told again, nothing changes', async () => {
  const portalId = randomUUID();
  const facts = [
    configured,
    appeared('deal:1', at(2, 9), own),
    moved('deal:1', at(3, 9), 'WON'),
    moved('deal:1', at(4, 9), 'LOSE'),
  ];
  const events = stored(portalId, facts);
  await fold(events, 2);
  const before = await entriesOf(portalId);
  await fold(events, 3);
  expect(await entriesOf(portalId)).toEqual(before);
  expect(sumsOf(before)).toEqual({ '1 stage:deal:0:WON deal:1 2026-03-03T09:00:00.000Z': '1 0' });
});

test('what was done is counted by days of the portal’s zone, and what was undone is not', async () => {
  const portalId = randomUUID();
  const facts = [
    configured,
    appeared('deal:1', at(2, 9), own),
    moved('deal:1', '2026-03-02T21:30:00.000Z', 'MEETING', 'user:7'),
    moved('deal:1', at(5, 9), 'WON'),
    appeared('deal:2', at(2, 9), own),
    moved('deal:2', at(5, 9), 'WON'),
    moved('deal:2', at(6, 9), 'LOSE'),
  ];
  await fold(stored(portalId, facts), 10);
  const reader = new LedgerReader(pool);
  const midnight = (day: string) => new Date(`${day}T00:00:00+03:00`);
  const period = { from: midnight('2026-03-01'), to: midnight('2026-04-01'), zone: 'Europe/Moscow' };
  const all = await reader.done({ bucket, portalId }, period, null);
  expect(all.map(({ doer, measure, day, actions, kopecks }) => [doer, measure, day, actions, kopecks])).toEqual([
    ['1', 'stage:deal:0:WON', '2026-03-05', 2, null],
    ['1', 'won:deal:0', '2026-03-05', 1, 4_000_000n],
    ['7', 'stage:deal:0:MEETING', '2026-03-03', 1, null],
  ]);
  expect(await reader.done({ bucket, portalId }, period, ['7'])).toHaveLength(1);
  expect(await reader.done({ bucket, portalId }, { ...period, to: midnight('2026-03-05') }, ['1'])).toEqual([]);
  const lines = await reader.lines({ bucket, portalId }, period, '1', 10);
  expect(lines.map(({ measure, about, actions }) => [measure, about, actions])).toContainEqual([
    'won:deal:0',
    'deal:2',
    -1,
  ]);
});
