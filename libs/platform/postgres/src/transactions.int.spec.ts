import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createEmptyDatabase } from './empty-database.spec-fixture.js';
import type { Pool } from 'pg';
import {
  boolArray,
  byteaArray,
  int4Array,
  int8Array,
  jsonArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from './array-parameters.js';
import { createPool } from './create-pool.js';
import { isTransient } from './is-transient.js';
import { afterCommit, readOnly, withTransaction } from './with-transaction.js';

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let pool: Pool;

beforeEach(async () => {
  database = await createEmptyDatabase();
  pool = createPool({ url: database.url, applicationName: 'transactions-spec', max: 3, statementTimeoutMs: 5_000 });
  await pool.query('CREATE TABLE thing (id int PRIMARY KEY)');
});

afterEach(async () => {
  await pool.end();
  await database.drop();
});

const ids = async (): Promise<number[]> =>
  (await pool.query<{ id: number }>('SELECT id FROM thing ORDER BY id')).rows.map((row) => row.id);

test('what returns is committed, what throws is rolled back, and only a commit is told', async () => {
  const told: string[] = [];
  await withTransaction(pool, async (client) => {
    await client.query('INSERT INTO thing VALUES (1)');
    expect(afterCommit(client, () => told.push('first'))).toBe(true);
    expect(told).toEqual([]);
  });
  const failing = withTransaction(pool, async (client) => {
    await client.query('INSERT INTO thing VALUES (2)');
    afterCommit(client, () => told.push('second'));
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await ids()).toEqual([1]);
  expect(told).toEqual(['first']);
});

test('a caught failure of a statement does not pass for a commit', async () => {
  const attempt = withTransaction(pool, async (client) => {
    await client.query('INSERT INTO thing VALUES (1)');
    await client.query('SELECT 1/0').catch(() => undefined);
  });
  await expect(attempt).rejects.toThrow('rolled back');
  expect(await ids()).toEqual([]);
});

test('a killed connection fails its user and nobody else', async () => {
  const attempt = withTransaction(pool, async (client) => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await client.query('INSERT INTO thing VALUES (1)');
  });
  const error: unknown = await attempt.catch((failure: unknown) => failure);
  expect(isTransient(error)).toBe(true);
  expect(await ids()).toEqual([]);
});

test('a read-only transaction sees one snapshot and refuses to write', async () => {
  await readOnly(pool, async (client) => {
    await client.query('SELECT 1');
    await pool.query('INSERT INTO thing VALUES (1)');
    expect((await client.query('SELECT * FROM thing')).rows).toEqual([]);
    await expect(client.query('INSERT INTO thing VALUES (2)')).rejects.toMatchObject({ code: '25006' });
    await client.query('ROLLBACK');
    await client.query('BEGIN');
  });
  expect(await ids()).toEqual([1]);
});

test('bigints are numbers, dates are texts, and a number too large is refused', async () => {
  const { rows } = await pool.query(
    `SELECT 9007199254740991::int8 AS large, '2026-03-29'::date AS day, ARRAY[1, null]::int8[] AS list`,
  );
  expect(rows).toEqual([{ large: 9007199254740991, day: '2026-03-29', list: [1, null] }]);
  await expect(pool.query('SELECT 9007199254740993::int8')).rejects.toThrow('does not fit');
});

test('binary arrays arrive as they were given', async () => {
  const uuid = '0193a1f0-0000-8000-8000-00000000abcd';
  const { rows } = await pool.query(
    `SELECT to_json($1::text[]) AS texts, to_json($2::int8[]) AS longs, to_json($3::int4[]) AS ints,
            to_json($4::uuid[]) AS uuids, to_json($5::bool[]) AS bools, to_json($6::json[]) AS jsons,
            encode(($7::bytea[])[1], 'hex') AS bytes, to_json($8::timestamptz[]) AS times, $9::text[] = '{}' AS empty`,
    [
      textArray(['a', null, 'ё "quoted", \\ {}', '']),
      int8Array([1, -2n, null]),
      int4Array([7, null]),
      uuidArray([uuid, null]),
      boolArray([true, false]),
      jsonArray(['{"a":1}']),
      byteaArray([Buffer.from('00ff', 'hex')]),
      timestamptzArray(['2026-03-29T10:00:00.123Z', new Date(0), null]),
      textArray([]),
    ],
  );
  expect(rows[0]).toEqual({
    texts: ['a', null, 'ё "quoted", \\ {}', ''],
    longs: [1, -2, null],
    ints: [7, null],
    uuids: [uuid, null],
    bools: [true, false],
    jsons: [{ a: 1 }],
    bytes: '00ff',
    times: ['2026-03-29T10:00:00.123+00:00', '1970-01-01T00:00:00+00:00', null],
    empty: true,
  });
});
