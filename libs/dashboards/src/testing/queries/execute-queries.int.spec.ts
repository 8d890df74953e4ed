import type { TestDatabase } from '@funnelwatch/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ExecuteOptions, executeQueries, type ExecutionReport } from './execute-queries.js';
import {
  createSmallWorld,
  NOW,
  onePortal,
  optionsOfPortals,
  portals,
  seedSmallWorld,
  smallAlert,
  smallDashboard,
  type SmallQuery,
  type SmallVariable,
} from './small-world.spec-fixture.js';

let empty: TestDatabase;
let seeded: TestDatabase;
beforeAll(async () => {
  empty = await createSmallWorld();
  seeded = await createSmallWorld();
  await seedSmallWorld(seeded);
});
afterAll(async () => {
  await empty.drop();
  await seeded.drop();
});

const inWorld = (world: TestDatabase, options: Partial<ExecuteOptions>): Promise<ExecutionReport> =>
  executeQueries({ dashboards: [], url: world.urlAs('grafana'), now: NOW, statementTimeoutMs: 2_000, ...options });

const problemsOf = async (query: SmallQuery, variables: SmallVariable[] = [], world = seeded): Promise<string[]> => {
  const { problems } = await inWorld(world, { dashboards: [smallDashboard([query], variables)] });
  return problems
    .filter(({ where }) => where === 'small / Panel 1 / A')
    .map(({ message, cases }) => `${message} [${cases.join('; ')}]`);
};

const moves = `SELECT $__timeGroupAlias(moved_at, $__interval), stage, count(*)::int AS moves FROM small.move
                WHERE portal_id::text = ANY(ARRAY[\${portal:sqlstring}]::text[]) AND $__timeFilter(moved_at)
                GROUP BY 1, 2 ORDER BY 1 LIMIT 5000`;
const good = smallDashboard(
  [
    { rawSql: moves, format: 'time_series' },
    { rawSql: 'SELECT portal_id::text AS portal_id, name, age_seconds, is_active FROM small.portal LIMIT 100' },
    { rawSql: `SELECT max(moved_at) AS last FROM small.move WHERE moved_at > $__timeFrom()::timestamptz` },
  ],
  [portals, { name: 'console', type: 'constant', query: 'https://console.example.test' }],
  'SELECT moved_at AS time, stage AS text FROM small.move WHERE $__timeFilter(moved_at) ORDER BY 1 LIMIT 500',
);
const goodAlert = smallAlert('SELECT name AS portal, age_seconds FROM small.portal');

test('good queries pass with data and without, in every case that makes a difference', async () => {
  for (const world of [empty, seeded]) {
    const report = await inWorld(world, { dashboards: [good], alerts: [goodAlert] });
    expect(report.problems).toEqual([]);
    // Five choices of portals over five ranges, and four queries and an alert that ask for no portal.
    expect(report.executed).toBe(5 * 5 + 5 * 5);
    expect(report.timings[0]?.milliseconds).toBeGreaterThanOrEqual(report.timings.at(-1)?.milliseconds ?? Infinity);
  }
});

test('what a query returned is told with its time', async () => {
  const { timings } = await inWorld(seeded, { dashboards: [good] });
  const rows = (named: string): number | undefined =>
    timings.find(({ where, case: name }) => where === 'small / Panel 1 / A' && name === named)?.rows;
  expect(rows('1 h, one')).toBe(0);
  expect(rows('1 h, all')).toBe(6);
  expect(rows('before any data, all')).toBe(0);
  expect(rows('change of clocks, all')).toBeGreaterThan(100);
});

describe('a query that fails in some case is found', () => {
  test.each<[string, SmallQuery, SmallVariable[], RegExp]>([
    ['a typing error', { rawSql: 'SELEC 1' }, [], /syntax error/],
    ['a column that is not there', { rawSql: 'SELECT host FROM small.portal' }, [], /"host" does not exist/],
    [
      'a division by what may be zero',
      { rawSql: 'SELECT 1 / age_seconds AS x FROM small.portal' },
      [],
      /division by zero/,
    ],
    [
      'a list that may be empty',
      { rawSql: 'SELECT 1 AS x WHERE 1::text IN (${portal:sqlstring})' },
      [portals],
      /syntax error.*empty/,
    ],
    [
      'a single value compared as a uuid',
      { rawSql: 'SELECT name FROM small.portal WHERE portal_id = ${portal:sqlstring}' },
      [onePortal],
      /invalid input syntax for type uuid.*quote/,
    ],
    [
      'two values where one is meant',
      { rawSql: 'SELECT 1 AS x WHERE 1::text = ${portal:sqlstring}' },
      [portals],
      /two/,
    ],
    [
      'a format that is not safe',
      { rawSql: 'SELECT 1 AS x WHERE 1::text IN (${portal:csv})' },
      [portals],
      /not safe in SQL/,
    ],
    ['an unknown macro', { rawSql: 'SELECT 1 AS x WHERE $__during(now())' }, [], /Unknown macro/],
    [
      'a function in a macro',
      { rawSql: 'SELECT 1 AS x WHERE $__timeFilter(coalesce(now(), now()))' },
      [],
      /syntax error/,
    ],
    ['an untyped instant', { rawSql: `SELECT date_trunc('day', $__timeFrom()) AS x` }, [], /not unique/],
    ['a table that Grafana may not read', { rawSql: 'SELECT text FROM small.secret' }, [], /permission denied/],
    ['a change', { rawSql: 'DELETE FROM small.move' }, [], /in a read-only transaction/],
    ['what takes too long', { rawSql: 'SELECT pg_sleep(30)::text AS x' }, [], /statement timeout/],
    ['two statements', { rawSql: 'SELECT 1 AS a; SELECT 2 AS b' }, [], /more than one statement/],
  ])('%s', async (_what, query, variables, problem) => {
    expect((await problemsOf(query, variables)).join('\n')).toMatch(problem);
  });

  test('one that fails only without data', async () => {
    const query = { rawSql: 'SELECT 1 / (SELECT count(*) FROM small.portal) AS x' };
    expect(await problemsOf(query)).toEqual([]);
    expect((await problemsOf(query, [], empty)).join()).toMatch(/division by zero/);
  });

  test('one that fails over the change of clocks', async () => {
    const offset = `(moved_at AT TIME ZONE 'Europe/Berlin') - (moved_at AT TIME ZONE 'UTC')`;
    const query = {
      rawSql: `SELECT 1 / (2 - count(DISTINCT ${offset})) AS x FROM small.move WHERE $__timeFilter(moved_at)`,
    };
    expect(await problemsOf(query)).toEqual(['division by zero [90 d; change of clocks]']);
  });
});

const seriesOf = (columns: string, rest = ''): SmallQuery => ({
  rawSql: `SELECT ${columns} FROM small.move ${rest}`,
  format: 'time_series',
});

describe('a series is faulted', () => {
  test.each<[string, SmallQuery, string]>([
    [
      'without a column time',
      seriesOf('moved_at AS at, 1 AS n', 'ORDER BY 1 LIMIT 5'),
      'A series has no column "time"',
    ],
    ['with its name in capitals', seriesOf('moved_at AS "Time", 1 AS n', 'LIMIT 1'), 'A series has no column "time"'],
    ['with a text as time', seriesOf('stage AS time, 1 AS n', 'LIMIT 1'), 'The column "time" is no time'],
    [
      'with the newest first',
      seriesOf('moved_at AS time, 1 AS n', 'ORDER BY 1 DESC LIMIT 5'),
      'The column "time" does not ascend',
    ],
    [
      'with no instant',
      seriesOf("CASE stage WHEN 'stage 1' THEN moved_at END AS time, 1 AS n", 'ORDER BY moved_at LIMIT 5'),
      'The column "time" holds what is no instant',
    ],
    [
      'with an instant that never comes',
      seriesOf("'infinity'::timestamptz AS time, 1 AS n", 'LIMIT 1'),
      'The column "time" holds what is no instant',
    ],
    [
      'without a number',
      seriesOf('moved_at AS time, stage', 'ORDER BY 1 LIMIT 5'),
      'A series has no column of numbers',
    ],
    [
      'with two values of one series for one instant',
      seriesOf("'2026-01-01'::date AS time, stage, row_number() OVER () AS n", 'LIMIT 5'),
      'A series has two values for one instant',
    ],
    [
      'with a boolean',
      seriesOf('moved_at AS time, 1 AS n, true AS is_open', 'ORDER BY 1 LIMIT 5'),
      '"is_open" of a series is neither a number nor a text',
    ],
  ])('%s', async (_what, query, problem) => {
    expect(await problemsOf(query)).toContainEqual(expect.stringContaining(problem));
  });
});

describe('a table is faulted', () => {
  test.each([
    ['with a uuid', 'portal_id', '"portal_id" is uuid'],
    ['with an enum', 'mood', '"mood" is of type'],
    ['with jsonb', 'settings', '"settings" is jsonb'],
    ['with json', 'settings::json AS settings', '"settings" is json:'],
    ['with a list', 'feeds', '"feeds" is text[]'],
    ['with an interval', 'now() - now() AS age', '"age" is interval'],
    ['with two columns of one name', 'name, name', 'Two columns are called "name"'],
  ])('%s', async (_what, columns, problem) => {
    expect(await problemsOf({ rawSql: `SELECT ${columns} FROM small.portal` })).toContainEqual(
      expect.stringContaining(problem),
    );
  });

  test('with more rows than it may have', async () => {
    expect(await problemsOf({ rawSql: 'SELECT stage FROM small.move' })).toContainEqual(
      expect.stringContaining('It returns 20000 rows'),
    );
  });
});

describe('the query of a variable is faulted', () => {
  test.each([
    ['without a value', 'SELECT name AS __text FROM small.portal', 'no columns __text and __value'],
    ['with a number', `SELECT 'x' AS __text, 1 AS __value`, 'An option is no text'],
    ['with null', `SELECT NULL::text AS __text, 'x' AS __value`, 'An option is null'],
    ['with one value twice', `SELECT name AS __text, 'x' AS __value FROM small.portal`, 'Two options have one value'],
    ['with a value in double quotes', `SELECT 'x' AS __text, '"x"' AS __value`, 'never matches'],
    ['that fails', 'SELECT nothing', 'does not exist'],
  ])('%s', async (_what, query, problem) => {
    const { problems } = await inWorld(seeded, { dashboards: [smallDashboard([], [{ name: 'portal', query }])] });
    expect(problems).toContainEqual(
      expect.objectContaining({ where: 'small / $portal', message: expect.stringContaining(problem) }),
    );
  });

  test('and by what it makes of another variable', async () => {
    const dependent = {
      name: 'stage',
      query: `SELECT DISTINCT stage AS __text, stage AS __value FROM small.move WHERE portal_id::text IN (\${portal:sqlstring})`,
    };
    const { problems } = await inWorld(seeded, { dashboards: [smallDashboard([], [portals, dependent])] });
    expect(problems).toEqual([
      expect.objectContaining({ where: 'small / $stage', message: expect.stringContaining('syntax error') }),
    ]);
  });
});

describe('an annotation is faulted', () => {
  test.each([
    ['without a text', 'SELECT moved_at AS time FROM small.move LIMIT 5', 'no columns time and text'],
    ['without an instant', `SELECT NULL::timestamptz AS time, 'x' AS text`, 'no instant'],
  ])('%s', async (_what, sql, problem) => {
    const { problems } = await inWorld(seeded, { dashboards: [smallDashboard([], [], sql)] });
    expect(problems).toEqual([expect.objectContaining({ message: expect.stringContaining(problem) })]);
  });
});

describe('an alert is faulted', () => {
  test.each([
    ['with a time', `SELECT now() AS seen, 'x' AS portal, 1 AS n`, 'An alert has a time'],
    ['with two numbers', `SELECT 'x' AS portal, 1 AS n, 2 AS m`, 'exactly one number'],
    ['without a number', `SELECT 'x' AS portal`, 'exactly one number'],
    ['with a boolean', `SELECT true AS is_late, 1 AS n`, 'by texts, not by booleans'],
    ['with labels that repeat', 'SELECT mood::text AS mood, age_seconds FROM small.portal', 'the same labels'],
    ['with a row of no number', `SELECT 'x' AS portal, NULL::int AS n`, 'has no number'],
    ['with a variable', 'SELECT 1 AS n WHERE 1::text IN (${portal:sqlstring})', 'Nothing is known of the variable'],
  ])('%s', async (_what, sql, problem) => {
    const { problems } = await inWorld(seeded, { alerts: [smallAlert(sql)] });
    expect(problems).toContainEqual(
      expect.objectContaining({ where: 'alert small / Small / A', message: expect.stringContaining(problem) }),
    );
  });
});

describe('a plan', () => {
  const scansOf = async (rawSql: string): Promise<ExecutionReport['scans']> =>
    (await inWorld(seeded, { dashboards: [smallDashboard([{ rawSql }], [portals])] })).scans;

  test('that reads a large table whole is told', async () => {
    expect(
      await scansOf(`SELECT count(*) AS n FROM small.move WHERE stage = ANY(ARRAY[\${portal:sqlstring}]::text[])`),
    ).toEqual([{ where: 'small / Panel 1 / A', relation: 'small.move', rows: 20_000 }]);
  });

  test('that finds its rows by an index is not, nor is a small table', async () => {
    expect(
      await scansOf(`SELECT count(*) AS n FROM small.move WHERE $__timeFilter(moved_at)
                        AND portal_id IN (SELECT p.portal_id FROM small.portal p WHERE p.name = 'Third')`),
    ).toEqual([]);
  });

  test('is not judged by statistics that were never made', async () => {
    const world = await createSmallWorld();
    try {
      await seedSmallWorld(world, false);
      const dashboards = [smallDashboard([{ rawSql: 'SELECT count(*) AS n FROM small.move' }])];
      await expect(inWorld(world, { dashboards })).rejects.toThrow('ANALYZE small.move');
    } finally {
      await world.drop();
    }
  });
});

test('options of a variable are those that the database gives', async () => {
  const { timings } = await inWorld(seeded, {
    dashboards: [
      smallDashboard(
        [{ rawSql: 'SELECT name FROM small.portal WHERE portal_id::text = ANY(ARRAY[${portal:sqlstring}]::text[])' }],
        [{ ...portals, query: optionsOfPortals }],
      ),
    ],
  });
  const rows = Object.fromEntries(
    timings.filter(({ where }) => where === 'small / Panel 1 / A').map((timing) => [timing.case, timing.rows]),
  );
  expect(rows).toMatchObject({ '24 h, one': 1, '24 h, two': 2, '24 h, all': 3, '24 h, quote': 0, '24 h, empty': 0 });
});

test('a choice that a variable does not offer is not made', async () => {
  const single: SmallVariable = { name: 'mode', type: 'custom', query: 'a, Label : b' };
  const { executed, problems } = await inWorld(seeded, {
    dashboards: [smallDashboard([{ rawSql: 'SELECT ${mode:sqlstring} AS mode' }], [single])],
  });
  expect({ executed, problems }).toEqual({ executed: 5, problems: [] });
});
