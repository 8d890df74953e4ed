import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from '@jest/globals';
import { barChart } from '../authoring/panels/bar-chart.js';
import { timeseries } from '../authoring/panels/timeseries.js';
import { rows, series as query } from '../authoring/queries.js';
import { barsOf, seriesOf } from './series-of.js';
import type { ShownColumn } from './shown.js';

const described = { description: { what: 'Sold.', source: 'grafana.visit' }, noValue: 'nothing', decimals: 0 };
const panel: Panel = timeseries({
  title: 'Sold',
  ...described,
  unit: 'locale',
  query: query('SELECT 1'),
  series: {
    sold: { name: 'sold so far', color: 'green', draw: 'bars' },
    due: { color: 'gray', dashed: true },
    share: { unit: 'percentunit' },
  },
}).build();

const time = (...values: number[]): ShownColumn => ({ name: 'time', type: 'time', values });
const numbers = (name: string, ...values: (number | null)[]): ShownColumn => ({ name, type: 'number', values });
const texts = (name: string, ...values: string[]): ShownColumn => ({ name, type: 'string', values });

describe('series over time', () => {
  test('look as the panel says', () => {
    const answer = [
      time(1, 2),
      numbers('sold', 1, null),
      numbers('due', 1, 2),
      numbers('share', 0.1, 0.2),
      numbers('x', 1, 2),
    ];
    const { times, series } = seriesOf(panel, answer, 'en');
    expect(times).toEqual([1, 2]);
    expect(series).toMatchObject([
      { name: 'sold so far', paint: 'green', draw: 'bars', isDashed: false, axis: 'left', min: 0, values: [1, null] },
      { name: 'due', paint: 'gray', draw: 'line', isDashed: true, fillOpacity: 0 },
      { name: 'share', axis: 'right', leastStep: 0.01 },
      { name: 'x', paint: 'orange', axis: 'left', leastStep: 1, fillOpacity: 10 },
    ]);
    expect(series[0]?.format(1_500)).toBe('1,500');
    expect(series[2]?.format(0.25)).toBe('25%');
  });
  test('are one for each text beside them, over the instants of all', () => {
    const answer = [time(1, 1, 2), texts('portal', 'Ромашка', 'Василёк', 'Василёк'), numbers('sold', 1, 2, 3)];
    const { times, series } = seriesOf(panel, answer, 'en');
    expect(times).toEqual([1, 2]);
    expect(series.map(({ values }) => values)).toEqual([
      [1, null],
      [2, 3],
    ]);
  });
  test('are called what a column "metric" says', () => {
    const answer = [time(1, 1), texts('metric', 'calls', 'letters'), numbers('n', 1, 2)];
    expect(seriesOf(panel, answer, 'en').series.map(({ name }) => name)).toEqual(['calls', 'letters']);
  });
  test('are none without an answer', () => {
    expect(seriesOf(panel, [], 'en')).toEqual({ times: [], series: [] });
  });
});

test('bars have the categories of the column that the panel names', () => {
  const bars = barChart({
    title: 'How far',
    ...described,
    unit: 'locale',
    x: 'share',
    series: { people: 'how many' },
    query: rows('SELECT 1'),
  }).build();
  const answer = [texts('other', 'a', 'b'), texts('share', '0–10 %', '10–20 %'), numbers('people', 3, 4)];
  const { categories, series } = barsOf(bars, answer, 'en');
  expect(categories).toEqual(['0–10 %', '10–20 %']);
  expect(series).toMatchObject([{ name: 'how many', values: [3, 4] }]);
});
