import { describe, expect, test } from '@jest/globals';
import { askDashboard } from './ask-dashboard.js';
import { dashboardOf, options, readModelsOf } from './asked-dashboard.spec-fixture.js';
import { ALL } from './choices.js';

const now = new Date('2026-11-30T12:00:00Z');
const portals = options(['p1', 'Ромашка'], ['p2', `О'Нил`]);
const known = {
  'grafana.portal_key': portals,
  'FROM grafana.pipeline\n': options(['deal:0', 'Продажи'], ['deal:1', 'Опт']),
  'grafana.seller\nWHERE': options(['7', 'Анна'], ['8', 'Борис'], ['9', 'Вера']),
};

const ask = (uid: string, query: string, answers: Parameters<typeof readModelsOf>[0] = known) => {
  const readModels = readModelsOf(answers);
  const question = {
    readModels,
    dashboard: dashboardOf(uid),
    address: new URLSearchParams(query),
    now,
    consoleUrl: null,
  };
  return askDashboard(question).then((asked) => ({ ...asked, sql: readModels.asked }));
};

describe('what is chosen', () => {
  const chosenOf = async (query: string, uid = 'fw-funnel') =>
    Object.fromEntries((await ask(uid, query)).choices.map(({ name, chosen }) => [name, chosen]));

  test('is the first of each and everybody at first', async () => {
    expect(await chosenOf('')).toEqual({
      portal: ['p1'],
      pipeline: ['deal:0'],
      seller: 'all',
      console: ['http://127.0.0.1:4400'],
    });
  });
  test('is what an address says', async () => {
    const query = 'var-portal=p2&var-pipeline=deal:1&var-seller=8&var-seller=9';
    expect(await chosenOf(query)).toMatchObject({ portal: ['p2'], pipeline: ['deal:1'], seller: ['8', '9'] });
  });
  test('is as if nothing were said where an address names what is not there', async () => {
    const query = `var-portal=${ALL}&var-pipeline='; DROP TABLE x; --&var-seller=77`;
    expect(await chosenOf(query)).toMatchObject({ portal: ['p1'], pipeline: ['deal:0'], seller: 'all' });
  });
  test('is all of several where an address says so', async () => {
    expect(await chosenOf(`var-portal=${ALL}&var-portal=p1`, 'fw-fleet')).toMatchObject({ portal: 'all' });
  });
  test('is never the address of the console', async () => {
    expect(await chosenOf('var-console=javascript:alert(1)')).toMatchObject({ console: ['http://127.0.0.1:4400'] });
  });
});

test('queries ask for what is chosen, quoted, over the range', async () => {
  const { sql } = await ask('fw-portal', 'var-portal=p2&from=now-24h');
  const panels = sql.filter((statement) => statement.includes('p2'));
  expect(panels.length).toBeGreaterThan(5);
  expect(sql.some((statement) => statement.includes(`'2026-11-29T12:00:00Z'`))).toBe(true);
  expect(sql.every((statement) => !/\$\{|\$__/.test(statement))).toBe(true);
});

test.each([
  ['', '90d'],
  ['from=now-7d', '7d'],
  ['from=now-5y', '90d'],
])('the range of "%s" is %s', async (query, name) => {
  const { range } = await ask('fw-funnel', query);
  expect(range).toMatchObject({ name, to: now });
  expect((now.getTime() - range.from.getTime()) / 86_400_000).toBe(Number.parseInt(name, 10));
});

test('a query that fails is said of its panel alone', async () => {
  const failing = { ...known, 'ceil(poll_age_seconds) AS "figure"': new Error('column does not exist') };
  const { sections } = await ask('fw-portal', '', failing);
  const states = sections.flatMap(({ panels }) => panels.map(({ answer }) => answer));
  expect(states.filter(({ state }) => state === 'failed')).toEqual([
    { state: 'failed', message: 'column does not exist' },
  ]);
});

test('changes of configuration that cannot be asked for leave charts without marks', async () => {
  const { marks } = await ask('fw-portal', '', { ...known, 'grafana.configuration_change': new Error('gone') });
  expect(marks).toEqual([{ name: 'Изменения настроек', paint: 'purple', marks: [] }]);
});

test('panels that ask Prometheus are not asked for', async () => {
  const { sections, sql } = await ask('fw-workers', '');
  const states = sections.flatMap(({ panels }) => panels.map(({ answer: { state } }) => state));
  expect(states).toContain('prometheus');
  expect(sql.some((statement) => statement.includes('funnelwatch_'))).toBe(false);
});

test('panels stand under the titles of their sections, folded ones too', async () => {
  const { sections } = await ask('fw-workers', '');
  expect(sections[0]).toMatchObject({ title: null, isFolded: false });
  expect(sections[0]?.panels).toHaveLength(6);
  expect(sections.at(-1)).toMatchObject({ title: 'Kafka подробно', isFolded: true });
  expect(sections.at(-1)?.panels).toHaveLength(3);
});

test('without any portal nothing is chosen and everything is asked for', async () => {
  const { choices, sections } = await ask('fw-funnel', '', {});
  expect(choices.map(({ chosen }) => chosen)).toEqual([[], [], 'all', ['http://127.0.0.1:4400']]);
  expect(sections.flatMap(({ panels }) => panels).every(({ answer: { state } }) => state === 'answered')).toBe(true);
});
