import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { expect, test } from '@jest/globals';
import { table } from '../authoring/panels/table.js';
import { rows } from '../authoring/queries.js';
import { fieldsOf, linksOfValues } from './fields-of.js';
import type { ShownColumn } from './shown.js';

const panel: Panel = table({
  title: 'Portals',
  description: { what: 'Each portal.', source: 'grafana.portal', whenRed: 'Open it.' },
  noValue: 'no portals',
  query: rows('SELECT 1'),
  columns: {
    portal_id: 'hidden',
    portal: { header: 'Portal', links: [{ title: 'Open', url: '/d/fw-portal', targetBlank: true }] },
    age: { header: 'Age', unit: 's', decimals: 0, width: 110, limits: { worse: 'higher', warnAt: 60 } },
    state: { header: 'State', mapping: { 2: { text: 'act', color: 'red' } }, cell: 'background', align: 'center' },
    share: { header: 'Share', unit: 'percentunit', decimals: 0, cell: 'gauge', min: 0, max: 2 },
    warmth: { header: 'Warmth', unit: 'none', scale: 'blues', min: 0, max: 10 },
  },
}).build();

const columns: ShownColumn[] = [
  { name: 'portal_id', type: 'string', values: ['p1', 'p2'] },
  { name: 'portal', type: 'string', values: ['Ромашка', null] },
  { name: 'age', type: 'number', values: [90, 5] },
  { name: 'state', type: 'number', values: [2, null] },
  { name: 'share', type: 'number', values: [0.5, 3] },
  { name: 'warmth', type: 'number', values: [5, null] },
];
const fields = fieldsOf(panel, columns, 'en');
const field = (name: string) => fields.find((each) => each.name === name);

test('columns have their headers, widths, alignment and what their colour colours', () => {
  expect(fields.map(({ header, isHidden, width, align, cell }) => [header, isHidden, width, align, cell])).toEqual([
    ['portal_id', true, null, 'left', 'plain'],
    ['Portal', false, null, 'left', 'plain'],
    ['Age', false, 110, 'right', 'text'],
    ['State', false, null, 'center', 'background'],
    ['Share', false, null, 'right', 'gauge'],
    ['Warmth', false, null, 'right', 'background'],
  ]);
});

test('values have texts and colours by the settings of their column', () => {
  const said = (name: string) => field(name)?.cells.map(({ text, paint }) => [text, paint]);
  expect(said('portal')?.map(([text]) => text)).toEqual(['Ромашка', '–']);
  expect(said('age')).toEqual([
    ['2 mins', 'orange'],
    ['5 s', 'green'],
  ]);
  expect(said('state')).toEqual([
    ['act', 'red'],
    ['–', 'transparent'],
  ]);
  expect(said('warmth')).toEqual([
    ['5', 'continuous-blues-10'],
    ['–', 'transparent'],
  ]);
});

test('how far a value lies between the bounds of its column is cut off at them', () => {
  expect(field('share')?.cells.map(({ share }) => share)).toEqual([0.25, 1]);
});

test('links are those of the column', () => {
  expect(field('portal')?.links).toEqual([{ title: 'Open', url: '/d/fw-portal', isNewTab: true }]);
  expect(linksOfValues(panel)).toEqual([]);
});

test('numbers and ages are written in the language of the reader', () => {
  const plain = {
    type: 'table',
    fieldConfig: { defaults: { unit: 'locale', decimals: 0 }, overrides: [] },
  } as unknown as Panel;
  const ago = {
    type: 'table',
    fieldConfig: { defaults: { unit: 'dateTimeFromNow' }, overrides: [] },
  } as unknown as Panel;
  const text = (of: Panel, value: number, language: 'en' | 'ru') =>
    fieldsOf(of, [{ name: 'n', type: 'number', values: [value] }], language)[0]?.cells[0]?.text.replace(/\s/g, ' ');
  expect(text(plain, 1_234_567, 'ru')).toBe('1 234 567');
  expect(text(plain, 1_234_567, 'en')).toBe('1,234,567');
  expect(text(ago, Date.now() - 300_000, 'ru')).toBe('5 минут назад');
  expect(text(ago, Date.now() - 300_000, 'en')).toBe('5 minutes ago');
});
