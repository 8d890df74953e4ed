import { expect, test } from '@jest/globals';
import { cohortQuery, explainQuery, flowQuery, monthsQuery, nowQuery, recordsQuery } from './funnel.queries.js';

const pipeline = 'deal:0';
const fieldsOf = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) =>
  result.success ? [] : result.error?.issues.map(({ path }) => path.join('.'));

test.each([
  ['a period without an end', { from: '2026-03-01' }, ['to']],
  ['a period without a beginning', { to: '2026-03-01' }, ['from']],
  ['neither period nor month', {}, ['from', 'to']],
  ['an empty period', { from: '2026-03-01', to: '2026-03-01' }, ['to']],
  ['a period that runs backwards', { from: '2026-03-02', to: '2026-03-01' }, ['to']],
  ['a month and a period', { month: '2026-03', from: '2026-03-01', to: '2026-04-01' }, ['month']],
  ['a day that does not exist', { from: '2026-02-30', to: '2026-04-01' }, ['from']],
  ['the year 9999', { from: '2026-02-01', to: '9999-01-01' }, ['to']],
  ['a thirteenth month', { month: '2026-13' }, ['month']],
])('%s is refused and the field named', (_title, period, fields) => {
  expect(fieldsOf(flowQuery.safeParse({ pipeline, ...period }))).toEqual(expect.arrayContaining(fields));
});

test('a month is a period', () => {
  expect(flowQuery.parse({ pipeline, month: '2026-03' })).toMatchObject({ seller: 'all' });
});

test('a cohort is counted by reached and to date unless told otherwise', () => {
  expect(cohortQuery.parse({ pipeline, month: '2026-03' })).toMatchObject({
    definition: 'reached',
    horizonDays: 'none',
  });
  expect(cohortQuery.parse({ pipeline, month: '2026-03', horizonDays: '30' })).toMatchObject({ horizonDays: 30 });
});

test.each([['0'], ['-1'], ['1.5'], ['1e9'], ['abc'], ['NaN'], ['Infinity']])(
  'a horizon of %s days is refused',
  (horizonDays) => {
    expect(fieldsOf(cohortQuery.safeParse({ pipeline, month: '2026-03', horizonDays }))).toEqual(['horizonDays']);
  },
);

test('more than ten years of months are refused', () => {
  expect(monthsQuery.safeParse({ pipeline, from: '2016-01', to: '2026-01' }).success).toBe(true);
  expect(fieldsOf(monthsQuery.safeParse({ pipeline, from: '2016-01', to: '2026-02' }))).toEqual(['to']);
});

test.each([
  ['a figure of another view', { view: 'now', figure: 'entries' }, ['figure']],
  ['entries without a stage', { view: 'flow', figure: 'entries', month: '2026-03' }, ['stage']],
  ['a step without its end', { view: 'cohort', figure: 'converted', stage: 'NEW', month: '2026-03' }, ['toStage']],
  ['a flow without a period', { view: 'flow', figure: 'won' }, ['from', 'to']],
  ['an unknown view', { view: 'later', figure: 'won' }, ['view']],
])('%s cannot be explained', (_title, figure, fields) => {
  expect(fieldsOf(explainQuery.safeParse({ pipeline, ...figure }))).toEqual(fields);
});

test('what stands now needs no period', () => {
  expect(explainQuery.safeParse({ pipeline, view: 'now', figure: 'open' }).success).toBe(true);
  expect(explainQuery.safeParse({ pipeline, view: 'gone', figure: 'merged' }).success).toBe(true);
});

test('unknown filters are refused by name', () => {
  const result = nowQuery.safeParse({ pipeline, pipelines: 'deal:1' });
  expect(result.error?.issues[0]?.message).toContain('pipelines');
});

test.each([['0'], ['201'], ['ten'], ['-1']])('a page of %s records is refused', (limit) => {
  expect(fieldsOf(recordsQuery.safeParse({ pipeline, view: 'now', figure: 'open', limit }))).toEqual(['limit']);
});

test.each([
  ['deal'],
  ['deal:'],
  ['task:1'],
  ['deal:0\u0000'],
  [`deal:${'1'.repeat(10_000)}`],
  [['deal:0', 'deal:1']],
  [{}],
])('the pipeline %j is refused', (wrong) => {
  expect(fieldsOf(nowQuery.safeParse({ pipeline: wrong }))).toEqual(['pipeline']);
});
