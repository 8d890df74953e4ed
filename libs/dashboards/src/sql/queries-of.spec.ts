import { expect, test } from '@jest/globals';
import { goodAlerts, goodDashboard } from '../lint/good-dashboard.spec-fixture.js';
import { queriesOfAlerts, queriesOfDashboard } from './queries-of.js';

const summary = (queries: ReturnType<typeof queriesOfDashboard>): string[] =>
  queries.map(({ kind, where, language, format }) => `${kind} ${language} ${format}: ${where}`);

test('every question of a dashboard is found, in folded rows, annotations and variables too', () => {
  expect(summary(queriesOfDashboard(goodDashboard()))).toEqual([
    'panel sql table: fw-base / Data as of / A',
    'panel promql time_series: fw-base / Cases / A',
    'panel sql time_series: fw-base / Moves / A',
    'panel sql table: fw-base / Portals / A',
    'annotation sql table: fw-base / @Configuration',
    'variable sql table: fw-base / $portal',
  ]);
});

test('questions of alerts are found, steps on results of others are none', () => {
  const queries = queriesOfAlerts(goodAlerts());
  expect(summary(queries)).toEqual(['alert sql table: alert fw-data-old / Data is old / A']);
  expect(queries[0]?.datasource.uid).toBe('pg-readmodel');
});

test('the source of a query is its own, else that of its panel', () => {
  const dashboard = goodDashboard();
  const [stat] = dashboard.panels!;
  expect(queriesOfDashboard(dashboard)[0]?.datasource.uid).toBe('pg-readmodel');
  (stat as { targets: { datasource?: object }[] }).targets[0]!.datasource = { uid: 'own' };
  expect(queriesOfDashboard(dashboard)[0]?.datasource.uid).toBe('own');
});

test('the query of a variable may be an object, and is PromQL where its source is Prometheus', () => {
  const dashboard = goodDashboard();
  const [variable] = dashboard.templating.list!;
  variable!.query = { rawSql: 'SELECT 1', format: 'table', refId: 'v' };
  expect(queriesOfDashboard(dashboard).at(-1)).toMatchObject({ kind: 'variable', language: 'sql', text: 'SELECT 1' });
  variable!.datasource = { type: 'prometheus', uid: 'prom' };
  variable!.query = { query: 'label_values(up, job)' };
  expect(queriesOfDashboard(dashboard).at(-1)).toMatchObject({ language: 'promql', text: 'label_values(up, job)' });
  variable!.query = 'label_values(up, job)';
  expect(queriesOfDashboard(dashboard).at(-1)).toMatchObject({ language: 'promql' });
});
