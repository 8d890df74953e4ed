import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { createPool } from './create-pool.js';
import { createEmptyDatabase } from './empty-database.spec-fixture.js';
import { beginScope, currentScope, inScope, type PortalScope, setScope } from './portal-scope.js';
import { readOnly, withTransaction } from './with-transaction.js';

const portalOf = (number: number) => `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;
const [a, b] = [portalOf(1), portalOf(2)];
const SEEN = `SELECT coalesce(current_setting('funnelwatch.portals', true), '') AS seen, pg_backend_pid() AS pid`;

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let owner: Pool;
let pool: Pool;

beforeEach(async () => {
  database = await createEmptyDatabase();
  owner = createPool({ url: database.url, applicationName: 'scope-spec-owner', max: 2 });
  pool = createPool({
    url: database.url,
    applicationName: 'scope-spec',
    max: 2,
    scoped: true,
    statementTimeoutMs: 5_000,
  });
  await owner.query('CREATE TABLE thing (id int PRIMARY KEY)');
});

afterEach(async () => {
  await pool.end();
  await owner.end();
  await database.drop();
});

const seen = async (): Promise<string | undefined> => (await pool.query<{ seen: string }>(SEEN)).rows[0]?.seen;

test('a query is told the scope of its caller, and nobody where none was stated', async () => {
  expect(await seen()).toBe('');
  expect(await inScope([a, b], seen)).toBe(`${a},${b}`);
  expect(await inScope('all', seen)).toBe('all');
  expect(await inScope([], seen)).toBe('');
  expect(await inScope([a.toUpperCase()], seen)).toBe(a);
  expect(await inScope('all', () => inScope([a], seen))).toBe(a);
  expect(await seen()).toBe('');
});

test('a transaction is in it from beginning to end, whatever is stated inside', async () => {
  const told = await inScope([a], () =>
    withTransaction(pool, async (client) => {
      const first = await client.query<{ seen: string }>(SEEN);
      const second = await inScope('all', () => client.query<{ seen: string }>(SEEN));
      return [first.rows[0]?.seen, second.rows[0]?.seen];
    }),
  );
  expect(told).toEqual([a, a]);
  const read = inScope([b], () => readOnly(pool, (client) => client.query<{ seen: string }>(SEEN)));
  expect((await read).rows[0]?.seen).toBe(b);
});

test('a client without a transaction, and a pool that is not scoped, are told nothing', async () => {
  await inScope('all', async () => {
    await seen();
    const client = await pool.connect();
    expect((await client.query<{ seen: string }>(SEEN)).rows[0]?.seen).toBe('');
    client.release();
    expect((await owner.query<{ seen: string }>(SEEN)).rows[0]?.seen).toBe('');
  });
});

test('the scope of a request begins empty and is set once it is known', async () => {
  await beginScope(async () => {
    expect(await seen()).toBe('');
    const early = pause(1).then(seen);
    await Promise.resolve().then(() => setScope([a]));
    expect(await seen()).toBe(a);
    expect(await early).toBe(a);
    expect(await inScope('all', seen)).toBe('all');
    expect(currentScope()).toEqual([a]);
  });
  expect(currentScope()).toEqual([]);
  expect(() => setScope('all')).toThrow('no request');
  // What states its own scope is not widened by what it calls.
  expect(() => inScope([a], () => setScope('all'))).toThrow('no request');
});

test.each(["'; DROP TABLE thing; --", 'all', '', `${a},${b}`, `${a}\n`])('%j names no portal', (portalId) => {
  expect(() => inScope([portalId], () => undefined)).toThrow(TypeError);
  expect(() => beginScope(() => setScope([portalId]))).toThrow(TypeError);
});

describe('queries are otherwise as without a scope', () => {
  test('values, names, row modes, types and counts', async () => {
    await inScope([a], async () => {
      expect((await pool.query('SELECT $1::int AS one, $2::text AS two', [1, null])).rows).toEqual([
        { one: 1, two: null },
      ]);
      const array = await pool.query({ text: 'SELECT 1::bigint, $1::date', values: ['2026-03-02'], rowMode: 'array' });
      expect(array.rows).toEqual([[1, '2026-03-02']]);
      const inserted = await pool.query('INSERT INTO thing SELECT generate_series(1, 3) RETURNING id');
      expect(inserted).toMatchObject({ command: 'INSERT', rowCount: 3, rows: [{ id: 1 }, { id: 2 }, { id: 3 }] });
      expect(await pool.query('SELECT FROM thing WHERE id = $1', [9])).toMatchObject({ rowCount: 0, rows: [] });
      expect((await pool.query('SELECT id FROM thing ORDER BY id DESC')).rows).toHaveLength(3);
    });
  });

  test('a named statement is prepared once for all scopes', async () => {
    const named = (id: number) => ({
      name: 'scope.named',
      text: `SELECT $1::int AS id, ${SEEN.slice(7)}`,
      values: [id],
    });
    for (let id = 1; id <= 12; id += 1) {
      const scope = id % 3 === 0 ? 'all' : [portalOf(id)];
      const { rows } = await inScope(scope, () => pool.query<{ id: number; seen: string }>(named(id)));
      expect(rows).toMatchObject([{ id, seen: scope === 'all' ? 'all' : portalOf(id) }]);
    }
    const client = await pool.connect();
    const { rows } = await client.query(`SELECT generic_plans + custom_plans AS runs FROM pg_prepared_statements
                                          WHERE name = 'scope.named'`);
    client.release();
    expect(rows).toEqual([{ runs: 12 }]);
  });

  test('what fails changes nothing, and is told as it was', async () => {
    await inScope([a], async () => {
      await pool.query('INSERT INTO thing VALUES (1)');
      await expect(pool.query('INSERT INTO thing VALUES (2), (1)')).rejects.toMatchObject({ code: '23505' });
      await expect(pool.query('SELECT nothing FROM thing')).rejects.toMatchObject({ code: '42703' });
      await expect(pool.query('SELECT 1; SELECT 2')).rejects.toMatchObject({ code: '42601' });
      expect((await pool.query('SELECT id FROM thing')).rows).toEqual([{ id: 1 }]);
    });
  });
});

test.each([
  ['in the middle of a transaction', true],
  ['while a statement runs', false],
])('a client given back %s hands nothing on', async (_title, isAwaited) => {
  for (let round = 1; round <= 3; round += 1) {
    const client = await pool.connect();
    const begun = client.query(`BEGIN; SET LOCAL funnelwatch.portals = 'all'`);
    if (isAwaited) await begun;
    client.release();
    await begun.catch(() => undefined);
    const next = await pool.connect();
    expect((await next.query<{ seen: string }>(SEEN)).rows[0]?.seen).toBe('');
    next.release();
  }
  expect(await inScope([a], seen)).toBe(a);
});

test('nothing of one request reaches another over the connections they share', async () => {
  const outcomes = { seen: 0, failed: 0, killed: 0, released: 0 };
  const request = async (number: number): Promise<void> => {
    const scope: PortalScope = number % 7 === 0 ? 'all' : [portalOf(number)];
    const expected = scope === 'all' ? 'all' : portalOf(number);
    await inScope(scope, async () => {
      switch (number % 8) {
        case 0:
          await expect(pool.query('SELECT 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
          outcomes.failed += 1;
          break;
        case 1:
          await expect(
            withTransaction(pool, async (client) => {
              await client.query(`SET LOCAL statement_timeout = 5`);
              await client.query('SELECT pg_sleep(5)');
            }),
          ).rejects.toMatchObject({ code: '57014' });
          outcomes.failed += 1;
          break;
        case 2: {
          const killed = withTransaction(pool, async (client) => {
            const { rows } = await client.query<{ pid: number }>(SEEN);
            await owner.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
            await client.query('SELECT 1');
          });
          await expect(killed).rejects.toThrow();
          outcomes.killed += 1;
          break;
        }
        case 3: {
          const client = await pool.connect();
          await client.query(`BEGIN; SET LOCAL funnelwatch.portals = 'all'`);
          client.release();
          outcomes.released += 1;
          break;
        }
        case 4:
          await withTransaction(pool, async (client) => {
            expect((await client.query<{ seen: string }>(SEEN)).rows[0]?.seen).toBe(expected);
            await Promise.resolve();
            throw new Error('given up');
          }).catch((error: Error) => expect(error.message).toBe('given up'));
          outcomes.failed += 1;
          break;
        default:
          expect(await seen()).toBe(expected);
          outcomes.seen += 1;
      }
    });
  };
  const stranger = async (): Promise<void> => expect(await seen()).toBe('');
  const requests = Array.from({ length: 240 }, (_, number) => (number % 5 === 0 ? stranger() : request(number)));
  await Promise.all(requests);
  expect(outcomes.seen).toBeGreaterThan(50);
  expect(Math.min(outcomes.failed, outcomes.killed, outcomes.released)).toBeGreaterThan(10);
  const client = await pool.connect();
  expect((await client.query<{ seen: string }>(SEEN)).rows[0]?.seen).toBe('');
  client.release();
}, 60_000);
