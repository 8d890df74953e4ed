import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import type { MonthFigures } from './figures.js';
import { CreatePublished1795960000001 } from './create-published-1795960000001.js';
import { PublishedFigures } from './published-figures.js';

const portal = { portalId: '018f0000-0000-7000-8000-00000000000a', bucket: 3 };
const other = { portalId: '018f0000-0000-7000-8000-00000000000b', bucket: 3 };
const plan = '018f0000-0000-7000-8000-0000000000c1';
const run = {
  asOf: '2026-03-20T09:00:00.000Z',
  publishedAt: new Date('2026-03-20T09:01:00Z'),
  position: 7,
  seconds: 0.5,
};

let database: TestDatabase;
let pool: Pool;
let published: PublishedFigures;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: [CreatePublished1795960000001] });
  pool = createPool({ url: database.url, applicationName: 'published-spec' });
  published = new PublishedFigures(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  for (const table of await tables()) await pool.query(`TRUNCATE published.${table}`);
});

async function tables(): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'published'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/** Figures with one row in each table. */
const figures = (done = 3): MonthFigures => {
  const indicator = { indicatorId: 'calls', indicatorRu: 'Звонки', indicatorEn: 'Calls' };
  const scheme = { schemeId: plan, version: 2 };
  const pace = { norm: '9007199254740993', done, today: 1, due: 0.1 + 0.2, toGo: '17', perDay: null, runRate: 1e-7 };
  return {
    pace: [{ planId: plan, planName: "It's March", place: 0, userId: '4', ...indicator, ...pace, chance: null }],
    planMoney: [
      {
        ...{ planId: plan, planName: 'March', pipelineId: null, teamId: '1', userId: '', currency: 'RUB' },
        ...{ soldKopecks: '15000050', targetKopecks: '40000000', elapsed: 0.5, workingDays: 21, daysLeft: 10 },
      },
    ],
    paceDays: [{ planId: plan, place: 0, day: '2026-03-02', due: 1.5, done, dueKopecks: null, soldKopecks: '1' }],
    scores: [
      {
        ...{ userId: '4', ...scheme, points: '889.500000', target: '890', ratio: 0.999 },
        ...{ reached: 0.8, nextThreshold: 1, pointsMissing: '1' },
      },
    ],
    scoreIndicators: [{ userId: '4', ...indicator, actions: 9, credited: 8, points: '8' }],
    scoreThresholds: [{ ...scheme, fromRatio: 0.8 }],
    agreement: [
      {
        ...{ ruleId: '', fromDay: '2026-03-01', toDay: '2026-04-01', n: 6, alike: 5 },
        ...{ observed: 5 / 6, kappa: null, pabak: 2 / 3 },
      },
    ],
  };
};

const counts = async (of = portal) => {
  const found: Record<string, number> = {};
  for (const table of (await tables()).filter((name) => name !== 'run')) {
    const { rowCount } = await pool.query(`SELECT FROM published.${table} WHERE portal_id = $1`, [of.portalId]);
    found[table] = rowCount ?? 0;
  }
  return found;
};
const one = async (table: string) =>
  (await pool.query<Record<string, unknown>>(`SELECT * FROM published.${table}`)).rows;

test('what is written stands in every table to the last digit', async () => {
  await published.write(portal, new Map([['2026-03', figures()]]), run);
  expect(await counts()).toEqual({
    ...{ agreement: 1, pace: 1, pace_day: 1, plan_money: 1 },
    ...{ score: 1, score_indicator: 1, score_threshold: 1 },
  });
  const { rows } = await pool.query(
    `SELECT month, plan_name, norm::text, done, due, run_rate, per_day, chance FROM published.pace`,
  );
  expect(rows).toEqual([
    {
      ...{ month: '2026-03', plan_name: "It's March", norm: '9007199254740993', done: 3 },
      ...{ due: 0.1 + 0.2, run_rate: 1e-7, per_day: null, chance: null },
    },
  ]);
  expect((await one('score'))[0]).toMatchObject({ points: '889.500000', target: '890', next_threshold: 1 });
  expect((await one('run'))[0]).toMatchObject({
    ...{ as_of: new Date(run.asOf), published_at: run.publishedAt, position: 7, seconds: 0.5, error_code: null },
  });
});

test('a month is replaced, with other months and portals as they were, and what did not change not touched', async () => {
  await published.write(
    portal,
    new Map([
      ['2026-02', figures()],
      ['2026-03', figures()],
    ]),
    run,
  );
  await published.write(other, new Map([['2026-03', figures()]]), run);
  const writers = async () =>
    new Map(
      (
        await pool.query<{ row: string; writer: string }>(
          `SELECT concat_ws(' ', month, portal_id, user_id) AS row, xmin::text AS writer FROM published.pace`,
        )
      ).rows.map(({ row, writer }) => [row, writer]),
    );
  const before = await writers();
  const [row] = figures().pace;
  const more = {
    ...figures(4),
    scores: [],
    pace: [...figures().pace, { ...row!, userId: '5' }, { ...row!, userId: '5' }],
  };
  await published.write(portal, new Map([['2026-03', more]]), run);
  const { rows } = await pool.query(`SELECT month, user_id FROM published.pace WHERE portal_id = $1 ORDER BY 1, 2`, [
    portal.portalId,
  ]);
  expect(rows.map((each: object) => Object.values(each).join(' '))).toEqual(['2026-02 4', '2026-03 4', '2026-03 5']);
  expect((await one('pace_day')).map(({ done }) => done).sort()).toEqual([3, 3, 4]);
  expect((await counts())['score']).toBe(1);
  expect((await counts(other))['score']).toBe(1);
  const after = await writers();
  expect(before.size).toBe(3);
  expect([...before.keys()].map((key) => [key, after.get(key)])).toEqual([...before]);
});

test('a month is written whole or not at all', async () => {
  await published.write(portal, new Map([['2026-03', figures()]]), run);
  const wrong = figures(9);
  const broken = { ...wrong, agreement: [{ ...wrong.agreement[0]!, fromDay: 'no day' }] };
  await expect(published.write(portal, new Map([['2026-03', broken]]), run)).rejects.toMatchObject({ code: '22007' });
  expect((await one('pace_day'))[0]).toMatchObject({ done: 3 });
});

test('a failure is noted beside what was published before, and gone with the next success', async () => {
  await published.noteFailure(portal, 'SCHEDULE_INVALID');
  expect((await one('run'))[0]).toMatchObject({ published_at: null, error_code: 'SCHEDULE_INVALID' });
  expect(await published.renew(portal, run.publishedAt)).toBe(false);
  await published.write(portal, new Map(), run);
  await published.noteFailure(portal, '57014');
  expect((await one('run'))[0]).toMatchObject({ published_at: run.publishedAt, error_code: '57014' });
  const later = new Date('2026-03-20T09:02:00Z');
  expect(await published.renew(portal, later)).toBe(true);
  expect((await one('run'))[0]).toMatchObject({ published_at: later, error_code: null, position: 7 });
});

test('every table and column says what it holds', async () => {
  const { rows } = await pool.query(
    `SELECT relname, attname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0
      WHERE relnamespace = 'published'::regnamespace AND relkind = 'r'
        AND (col_description(pg_class.oid, attnum) IS NULL OR obj_description(pg_class.oid, 'pg_class') IS NULL)`,
  );
  expect(rows).toEqual([]);
  expect(await tables()).toHaveLength(8);
});

test('nothing of pay has a column', async () => {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT concat(relname, '.', attname) AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
      WHERE relnamespace = 'published'::regnamespace AND relkind = 'r' AND attname ~ 'kopeck|salary|part|rate|amount|gain'
      ORDER BY 1`,
  );
  // Sales and their plan, the rate at which a norm is made.
  expect(rows.map(({ name }) => name)).toEqual([
    ...['pace.run_rate', 'pace_day.due_kopecks', 'pace_day.sold_kopecks'],
    ...['plan_money.sold_kopecks', 'plan_money.target_kopecks'],
  ]);
});
