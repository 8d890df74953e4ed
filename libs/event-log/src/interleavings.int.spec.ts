import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Rejection } from '@funnelwatch/kernel';
import { createPool, isTransient, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import fc from 'fast-check';
import type { Pool } from 'pg';
import { emptyEventLog } from './conformance/empty-event-log.spec-fixture.js';
import { groupOf, portalA, portalB, portalC } from './conformance/events.spec-fixture.js';
import { eventLogMigrations } from './migrations/index.js';
import type { AppendGroup, PortalAddress } from './port.js';
import { PostgresEventLog } from './postgres-event-log.js';
import { countHoles, verifyLog } from './verify/verify-log.js';

let database: TestDatabase;
let pool: Pool;
let administrator: Pool;
let log: PostgresEventLog;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  pool = createPool({ url: database.url, applicationName: 'interleavings-writer', max: 8 });
  administrator = createPool({ url: database.url, applicationName: 'interleavings-administrator', max: 2 });
});

afterAll(async () => {
  await log.close();
  await Promise.all([pool.end(), administrator.end()]);
  await database.drop();
});

const PORTALS = [portalA, portalB, portalC];

interface Step {
  portal: number;
  streams: number[];
  size: number;
  expected: AppendGroup['expected'];
  duplicates: 'reject' | 'skip';
  how: 'alone' | 'commit' | 'roll back' | 'kill';
  /** Repeats the last append of this writer instead of making a new one. */
  isRepeat: boolean;
  pauseMs: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  portal: fc.nat({ max: PORTALS.length - 1 }),
  streams: fc.uniqueArray(fc.nat({ max: 4 }), { minLength: 1, maxLength: 3 }),
  size: fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 3 }) }, { weight: 1, arbitrary: fc.constant(30) }),
  expected: fc.oneof(
    fc.constantFrom('any' as const, 'any' as const, 'none' as const, 'exists' as const),
    fc.nat({ max: 6 }),
  ),
  duplicates: fc.constantFrom('reject' as const, 'skip' as const),
  how: fc.oneof(
    { weight: 6, arbitrary: fc.constant('alone' as const) },
    { weight: 3, arbitrary: fc.constant('commit' as const) },
    { weight: 2, arbitrary: fc.constant('roll back' as const) },
    { weight: 1, arbitrary: fc.constant('kill' as const) },
  ),
  isRepeat: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  pauseMs: fc.nat({ max: 3 }),
});

/** What was promised to be stored: id → where the log said it is. */
type Promised = Map<string, { portal: PortalAddress; streamId: string; position: number; version: number }>;

async function write(writer: number, steps: Step[], promised: Promised): Promise<void> {
  let last: { portal: PortalAddress; groups: AppendGroup[] } | undefined;
  for (const [index, one] of steps.entries()) {
    const { portal, groups } =
      one.isRepeat && last
        ? last
        : {
            portal: PORTALS[one.portal] ?? portalA,
            groups: one.streams.map((stream) => {
              const ids = Array.from({ length: one.size }, (_, event) => `${writer}/${index}/${stream}/${event}`);
              const portalName = PORTALS[one.portal]?.portalId ?? '';
              return groupOf(`deal:${stream}@${portalName.slice(0, 1)}`, one.expected, ...ids);
            }),
          };
    last = { portal, groups };
    const keep = (result: Awaited<ReturnType<PostgresEventLog['append']>>): void => {
      for (const { eventId, ...where } of result.events) promised.set(eventId, { portal, ...where });
    };
    try {
      if (one.how === 'alone') keep(await log.append(portal, groups, { duplicates: one.duplicates }));
      else keep(await writeInTransaction(one, portal, groups));
    } catch (error) {
      // Refusals, roll-backs and lost connections are part of the game; anything else is a mistake.
      if (!(error instanceof Rejection) && !isTransient(error) && !(error instanceof RolledBack)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, one.pauseMs));
  }
}

class RolledBack extends Error {}

const writeInTransaction = (one: Step, portal: PortalAddress, groups: AppendGroup[]) =>
  withTransaction(pool, async (tx) => {
    const result = await log.append(portal, groups, { tx, duplicates: one.duplicates });
    if (one.how === 'roll back') throw new RolledBack();
    if (one.how === 'kill') {
      const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      const killing = administrator.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      // Now and then the commit wins the race.
      if (one.pauseMs % 2 === 0) await killing;
    }
    return result;
  });

test('whatever writers, roll-backs and killed connections do, the log stays dense, true and complete', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 3, maxLength: 12 }), { minLength: 2, maxLength: 6 }),
      async (writers) => {
        await emptyEventLog(administrator);
        await log?.close();
        log = new PostgresEventLog(pool);
        const promised: Promised = new Map();
        await Promise.all(writers.map((steps, writer) => write(writer, steps, promised)));

        for (const bucket of [portalA.bucket, portalC.bucket]) {
          const events = await log.readBucket(bucket, 0, 100_000);
          expect(events.map((event) => event.position)).toEqual(events.map((_, index) => index + 1));
          expect(await log.head(bucket)).toBe(events.length);
          const versions = new Map<string, number>();
          for (const event of events) {
            const key = `${event.portalId}/${event.streamId}`;
            expect(event.version).toBe((versions.get(key) ?? 0) + 1);
            versions.set(key, event.version);
            const { eventId, portalId, streamId, position, version } = event;
            const promise = promised.get(eventId);
            if (promise)
              expect({ ...promise, portal: promise.portal.portalId }).toMatchObject({
                portal: portalId,
                streamId,
                position,
                version,
              });
            promised.delete(eventId);
          }
        }
        expect([...promised.keys()]).toEqual([]);
        expect((await verifyLog(administrator, { from: 1 })).isIntact).toBe(true);
        expect([...(await countHoles(administrator)).values()].every((holes) => holes === 0)).toBe(true);
      },
    ),
    { numRuns: 25, endOnFailure: true },
  );
});

test('connections killed under coalesced appends lose nothing that was promised', async () => {
  await emptyEventLog(administrator);
  await log?.close();
  log = new PostgresEventLog(pool);
  const promised = new Set<string>();
  let isKilling = true;
  const killing = (async () => {
    while (isKilling) {
      await administrator.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'interleavings-writer'`,
      );
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  })();
  const writers = Array.from({ length: 20 }, async (_, writer) => {
    for (let index = 0; index < 40; index += 1) {
      const portal = PORTALS[writer % 3] ?? portalA;
      const stream = `deal:${writer}`;
      try {
        const { events } = await log.append(portal, [groupOf(stream, 'any', `k${index}`)]);
        for (const { eventId } of events) promised.add(eventId);
      } catch (error) {
        if (!isTransient(error)) throw error;
      }
    }
  });
  await Promise.all(writers);
  isKilling = false;
  await killing;
  expect(promised.size).toBeGreaterThan(100);
  for (const bucket of [portalA.bucket, portalC.bucket]) {
    for (const event of await log.readBucket(bucket, 0, 10_000)) promised.delete(event.eventId);
  }
  expect(promised.size).toBe(0);
  expect((await verifyLog(administrator, { from: 1 })).isIntact).toBe(true);
});
