import { expect, test } from '@jest/globals';
import { PROMETHEUS, READ_MODELS } from './datasources.js';
import { dedent, promNow, promRange, rows, series } from './queries.js';

test('SQL loses the indentation of the file it stands in and keeps its own', () => {
  expect(rows('\n      SELECT 1\n        FROM t\n      ').build().rawSql).toBe('SELECT 1\n  FROM t');
  expect(dedent('SELECT 1')).toBe('SELECT 1');
});

test('rows are asked as a table, series as time series, both of the read models', () => {
  expect(rows('SELECT 1').build()).toMatchObject({ format: 'table', datasource: READ_MODELS });
  expect(series('SELECT 1').build()).toMatchObject({ format: 'time_series', datasource: READ_MODELS });
});

test('PromQL is asked over the range or at its end', () => {
  expect(promRange('up', '{{job}}').build()).toMatchObject({
    expr: 'up',
    legendFormat: '{{job}}',
    range: true,
    datasource: PROMETHEUS,
  });
  expect(promNow('up').build()).toMatchObject({ expr: 'up', instant: true, datasource: PROMETHEUS });
});
