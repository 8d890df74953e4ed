import { expect, test } from '@jest/globals';
import type { Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { READ_MODELS } from './datasources.js';
import { PgQuery } from './pg-query.js';

test('a query holds its trimmed SQL as code, in table format and under A', () => {
  expect(JSON.parse(JSON.stringify(new PgQuery('\n  SELECT 1\n').build()))).toEqual({
    refId: 'A',
    format: 'table',
    rawSql: 'SELECT 1',
    rawQuery: true,
    editorMode: 'code',
  });
});

test('format, letter and source are what was asked for', () => {
  const query = new PgQuery('SELECT 1', 'time_series').refId('C').datasource(READ_MODELS).build();
  expect(query).toMatchObject({ refId: 'C', format: 'time_series', datasource: READ_MODELS });
});

test('the marker of the SDK can be called and never reaches the JSON', () => {
  const query: Dataquery = new PgQuery('SELECT 1').build();
  expect(query._implementsDataqueryVariant()).toBeUndefined();
  expect(Object.keys(query)).not.toContain('_implementsDataqueryVariant');
  expect(JSON.stringify({ ...query })).not.toContain('_implements');
});

test('every build is a copy of its own', () => {
  const query = new PgQuery('SELECT 1').datasource({ ...READ_MODELS });
  const first = query.build();
  first.rawSql = 'SELECT 2';
  first.datasource!.uid = 'other';
  expect(query.build()).toMatchObject({ rawSql: 'SELECT 1', datasource: READ_MODELS });
});
