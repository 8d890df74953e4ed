import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from '@jest/globals';
import { KNOWN_UNITS } from '../lint/known-units.js';
import { displayOf, reducedDisplayOf } from './display-of.js';
import { getValueFormats } from './grafana-data.js';
import { colourNamed } from './palette.js';
import type { ShownColumn } from './shown.js';

const lag: object = {
  unit: 's',
  decimals: 1,
  noValue: 'no data',
  thresholds: {
    mode: 'absolute',
    steps: [
      { value: null, color: 'text' },
      { value: 0, color: 'green' },
      { value: 300, color: 'red' },
    ],
  },
};

const stat = (defaults: object, overrides: object[] = [], reduceOptions: object = { calcs: ['lastNotNull'] }): Panel =>
  ({
    type: 'stat',
    title: 'Lag',
    fieldConfig: { defaults, overrides },
    options: { reduceOptions },
  }) as unknown as Panel;

const numbers = (...values: (number | null)[]): ShownColumn[] => [{ name: 'value', type: 'number', values }];

test('372 seconds with a limit of 300 are 6.2 minutes in red', () => {
  expect(displayOf(stat(lag), numbers(372))).toEqual([
    {
      field: 'value',
      text: '6.2 mins',
      suffix: ' mins',
      colour: colourNamed('red'),
      paint: 'red',
      numeric: 372,
      share: 0,
    },
  ]);
});

test('a value at the limit is red, one below is green', () => {
  const colours = displayOf(stat(lag), numbers(299.9, 300)).map(({ colour }) => colour);
  expect(colours).toEqual([colourNamed('green'), colourNamed('red')]);
});

test('no value is said in words, and in a colour that means nothing', () => {
  expect(displayOf(stat(lag), numbers(null))).toMatchObject([{ text: 'no data', colour: colourNamed('text') }]);
  expect(reducedDisplayOf(stat(lag), numbers(null))).toMatchObject([{ text: 'no data', colour: colourNamed('text') }]);
});

test('no rows at all are shown as no value', () => {
  expect(reducedDisplayOf(stat(lag), [])).toMatchObject([{ text: 'no data', colour: colourNamed('text') }]);
});

test('with the first colour green, or without thresholds, no value would look fine', () => {
  const green = { ...lag, thresholds: { mode: 'absolute', steps: [{ value: null, color: 'green' }] } };
  expect(displayOf(stat(green), numbers(null))[0]?.colour).toBe(colourNamed('green'));
  expect(displayOf(stat({ unit: 's' }), numbers(null))[0]?.colour).toBe(colourNamed('green'));
  expect(colourNamed('green')).not.toBe(colourNamed('text'));
});

test('a mapping of no value gives it words and a colour of its own', () => {
  const result = { text: 'not read', color: 'orange', index: 0 };
  const mapped = { ...lag, mappings: [{ type: 'special', options: { match: 'null+nan', result } }] };
  expect(displayOf(stat(mapped), numbers(null))).toMatchObject([{ text: 'not read', colour: colourNamed('orange') }]);
});

describe('a number is read as', () => {
  test.each([
    ['percentunit', 0.257, '25.7%'],
    ['percent', 25.7, '25.7%'],
    ['percent', 0.257, '0.257%'],
    ['dtdurations', 372, '6 minutes'],
    ['currencyRUB', 1234, '₽1.23K'],
    ['suffix:points', 12, '12 points'],
    ['suffix: points', 12, '12  points'],
    ['none', 12_345, '12345'],
    ['short', 12_345, '12.3 K'],
    ['bogus', 256, '256 bogus'],
  ])('%s: %d is %s', (unit, value, text) => {
    expect(displayOf(stat({ unit }), numbers(value))[0]?.text).toBe(text);
  });
});

test('an override holds for the columns it names only', () => {
  const overrides = [
    { matcher: { id: 'byName', options: 'share' }, properties: [{ id: 'unit', value: 'percentunit' }] },
    { matcher: { id: 'byRegexp', options: '/^age/' }, properties: [{ id: 'unit', value: 's' }] },
    { matcher: { id: 'byType', options: 'string' }, properties: [{ id: 'noValue', value: 'nameless' }] },
  ];
  const columns: ShownColumn[] = [
    { name: 'share', type: 'number', values: [0.5] },
    { name: 'age_seconds', type: 'number', values: [90] },
    { name: 'count', type: 'number', values: [7] },
    { name: 'name', type: 'string', values: [null] },
  ];
  const texts = displayOf(stat({ unit: 'none', noValue: '—' }, overrides), columns).map(({ text }) => text);
  expect(texts).toEqual(['50%', '1.50 mins', '7', 'nameless']);
});

test('a stat shows the last value that is one, or each row where it is told to', () => {
  expect(reducedDisplayOf(stat(lag), numbers(60, 372, null))).toMatchObject([{ text: '6.2 mins' }]);
  const rows: ShownColumn[] = [{ name: 'stage', type: 'string', values: ['New', 'Won'] }, ...numbers(60, 372)];
  expect(reducedDisplayOf(stat(lag, [], { values: true, calcs: [] }), rows)).toMatchObject([
    { field: 'New', text: '1.0 min' },
    { field: 'Won', text: '6.2 mins', colour: colourNamed('red') },
  ]);
});

test('the list of known units is that of the library', () => {
  const ids = getValueFormats().flatMap(({ submenu }) => submenu?.map(({ value }) => value) ?? []);
  expect(ids.length).toBeGreaterThan(200);
  expect([...KNOWN_UNITS].sort()).toEqual(ids.sort());
});
