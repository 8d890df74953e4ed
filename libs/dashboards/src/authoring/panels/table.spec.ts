import { describe, expect, test } from '@jest/globals';
import { consoleLink } from '../links.js';
import { rows } from '../queries.js';
import { type Column, table, type TableSpec } from './table.js';

const spec: TableSpec = {
  title: 'Portals',
  description: { what: 'Every portal.', source: 'grafana.portal', whenRed: 'look at its page.' },
  noValue: 'no portal is registered',
  query: rows('SELECT 1'),
  columns: {},
};
const properties = (column: Column): Record<string, unknown> =>
  Object.fromEntries(
    table({ ...spec, columns: { a: column } })
      .build()
      .fieldConfig!.overrides[0]!.properties.map(({ id, value }) => [id, value as unknown]),
  );

test('a column is text with a header, or a figure with unit, decimals and width', () => {
  expect(properties({ header: 'Portal' })).toEqual({ displayName: 'Portal', noValue: '–' });
  expect(table(spec).build().fieldConfig?.defaults.unit).toBe('string');
  expect(properties({ header: 'Lag', unit: 's', decimals: 0, width: 120, align: 'right' })).toEqual({
    displayName: 'Lag',
    noValue: '–',
    unit: 's',
    decimals: 0,
    'custom.width': 120,
    'custom.align': 'right',
  });
});

describe('what colours a cell', () => {
  const limits = { worse: 'higher', warnAt: 60 } as const;

  test('limits colour the text, neutral without data', () => {
    expect(properties({ limits })).toMatchObject({
      'custom.cellOptions': { type: 'color-text' },
      color: { mode: 'thresholds' },
      thresholds: { steps: [{ value: null, color: 'text' }, { color: 'green' }, { value: 60, color: 'orange' }] },
    });
  });

  test('a coloured cell without data stays transparent', () => {
    expect(properties({ limits, cell: 'background' })).toMatchObject({
      'custom.cellOptions': { type: 'color-background', mode: 'basic' },
      thresholds: { steps: [{ color: 'transparent' }, {}, {}] },
    });
  });

  test('a scale runs over the cells of a matrix between fixed ends', () => {
    const [override] = table({
      ...spec,
      columns: { '/^\\d+$/': { unit: 'percentunit', scale: 'blues', min: 0, max: 1 } },
    }).build().fieldConfig!.overrides;
    expect(override).toMatchObject({
      matcher: { id: 'byRegexp', options: '/^\\d+$/' },
      properties: [
        { id: 'noValue' },
        { id: 'unit' },
        { id: 'mappings', value: [{ options: { match: 'null+nan', result: { text: '–', color: 'transparent' } } }] },
        { id: 'min', value: 0 },
        { id: 'max', value: 1 },
        { id: 'custom.cellOptions', value: { type: 'color-background' } },
        { id: 'color', value: { mode: 'continuous-blues' } },
        { id: 'thresholds' },
      ],
    });
  });

  test('a gauge without limits is blue', () => {
    expect(properties({ cell: 'gauge', min: 0, max: 1 })).toMatchObject({
      'custom.cellOptions': { type: 'gauge' },
      color: { mode: 'fixed', fixedColor: 'blue' },
    });
  });

  test('values have texts and colours', () => {
    expect(properties({ mapping: { waiting: { text: 'waits', color: 'orange' } } })).toMatchObject({
      mappings: [{ options: { waiting: { text: 'waits', color: 'orange' } } }],
      'custom.cellOptions': { type: 'color-text' },
    });
  });
});

test('the table says why it has no rows, a cell without a value is a dash or what its column says', () => {
  const columns = { a: { header: 'A' }, b: { header: 'B', noValue: 'never' } };
  const { defaults, overrides } = table({ ...spec, columns }).build().fieldConfig!;
  expect(defaults.noValue).toBe('no portal is registered');
  const cells = overrides.map(({ properties: all }) => all.find(({ id }) => id === 'noValue')?.value as unknown);
  expect(cells).toEqual(['–', 'never']);
});

test('a hidden column is there for the links of others', () => {
  const { overrides } = table({
    ...spec,
    columns: { portal_id: 'hidden', name: { header: 'Portal', links: [consoleLink('/portals/{portal_id}/funnel')] } },
  }).build().fieldConfig!;
  expect(overrides).toMatchObject([
    { matcher: { options: 'portal_id' }, properties: [{ id: 'custom.hideFrom.viz', value: true }] },
    {
      matcher: { options: 'name' },
      properties: [
        { id: 'displayName' },
        { id: 'noValue' },
        { id: 'links', value: [{ url: '${console}/portals/${__data.fields.portal_id}/funnel' }] },
      ],
    },
  ]);
});

test('it is sorted by what stands in the header', () => {
  const columns = { lag: { header: 'Lag', unit: 's' } } as const;
  expect(table({ ...spec, columns, sortBy: { column: 'lag', descending: true } }).build().options).toMatchObject({
    sortBy: [{ displayName: 'Lag', desc: true }],
  });
});

describe('refused', () => {
  test.each<[string, Partial<TableSpec>]>([
    ['SORT_COLUMN', { sortBy: { column: 'lag' } }],
    ['SORT_COLUMN', { columns: { lag: 'hidden' }, sortBy: { column: 'lag' } }],
    ['SORT_COLUMN', { columns: { '/lag/': {} }, sortBy: { column: '/lag/' } }],
    ['HEADER_TWICE', { columns: { a: { header: 'Lag' }, b: { header: 'Lag' } } }],
    ['HEADER_TWICE', { columns: { '/lag/': { header: 'Lag' } } }],
    [
      'WHEN_RED_MISSING',
      {
        description: { what: 'Every portal.', source: 'grafana.portal' },
        columns: { a: { limits: { worse: 'higher', warnAt: 1 } } },
      },
    ],
  ])('%s: %j', (code, wrong) => {
    expect(() => table({ ...spec, ...wrong })).toThrow(code);
  });
});
