import { describe, expect, test } from '@jest/globals';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { linkTo } from '../links.js';
import { rows, series } from '../queries.js';
import { barChart } from './bar-chart.js';
import { barGauge } from './bar-gauge.js';
import { dataAsOf } from './data-as-of.js';
import type { FigureSpec } from './panel-spec.js';
import { stat } from './stat.js';
import { stateTimeline } from './state-timeline.js';
import { text } from './text.js';
import { timeseries } from './timeseries.js';

const figure: FigureSpec = {
  title: 'Lag',
  description: { what: 'Events not yet applied.', source: 'grafana.feed_lag', whenRed: 'run more workers.' },
  unit: 's',
  decimals: 1,
  noValue: 'no projection runs',
  query: rows('SELECT 1'),
};
const limits = { worse: 'higher', warnAt: 60, criticalAt: 300 } as const;
const states = { ok: { text: 'running', color: 'green' }, failed: { color: 'red' } } as const;

const builders: [string, (spec: FigureSpec) => Builder<Panel>][] = [
  ['a stat', stat],
  ['a time series', timeseries],
  ['a bar gauge', barGauge],
  ['a bar chart', (spec) => barChart({ ...spec, x: 'stage' })],
];

describe.each(builders)('%s', (_, make) => {
  test('says what it shows, where it comes from, what to do when red, and why there may be nothing', () => {
    expect(make({ ...figure, limits }).build()).toMatchObject({
      title: 'Lag',
      description: 'Events not yet applied.\n\nSource: grafana.feed_lag.\n\nWhen red: run more workers.',
      fieldConfig: { defaults: { unit: 's', decimals: 1, noValue: 'no projection runs' } },
      targets: [{ rawSql: 'SELECT 1' }],
    });
  });

  test('is neutral where there is no data, with limits and without', () => {
    const base = (spec: FigureSpec): unknown => make(spec).build().fieldConfig?.defaults.thresholds?.steps[0];
    expect(base(figure)).toEqual({ value: null, color: 'text' });
    expect(base({ ...figure, limits })).toEqual({ value: null, color: 'text' });
    expect(make(figure).build().fieldConfig?.defaults.thresholds?.steps).toHaveLength(1);
    expect(make({ ...figure, limits }).build().fieldConfig?.defaults.thresholds?.steps).toHaveLength(4);
  });

  test('takes several queries and links of its values', () => {
    const links = [linkTo('fw-portal', { portal: 'portal_id' })];
    const built = make({ ...figure, query: [rows('SELECT 1'), rows('SELECT 2')], links }).build();
    expect(built.targets).toHaveLength(2);
    expect(built.fieldConfig?.defaults.links).toMatchObject(links);
  });

  test('with limits and nothing to do beyond them is refused, as is one that leaves its texts empty', () => {
    const { what, source } = figure.description;
    expect(() => make({ ...figure, limits, description: { what, source } })).toThrow('WHEN_RED_MISSING');
    expect(() => make({ ...figure, noValue: ' ' })).toThrow('DESCRIPTION_MISSING');
    expect(() => make({ ...figure, description: { what: '', source } })).toThrow('DESCRIPTION_MISSING');
  });
});

describe('a stat', () => {
  test('has a colour only where limits or a mapping give one', () => {
    expect(stat(figure).build().options).toMatchObject({ colorMode: 'none', graphMode: 'none' });
    expect(stat({ ...figure, limits }).build().options).toMatchObject({ colorMode: 'value' });
    expect(stat({ ...figure, mapping: states, sparkline: true }).build()).toMatchObject({
      options: { colorMode: 'value', graphMode: 'area' },
      fieldConfig: { defaults: { mappings: [{ type: 'value', options: { ok: { text: 'running', index: 0 } } }] } },
    });
  });

  test('reads figures unless it is told to read text', () => {
    expect(stat(figure).build()).toHaveProperty('options.reduceOptions.fields', '');
    expect(stat({ ...figure, reads: 'text' }).build()).toHaveProperty('options.reduceOptions.fields', '/.*/');
  });

  test('of the age of data counts back from now', () => {
    expect(dataAsOf().build()).toMatchObject({
      title: 'Data as of (now)',
      fieldConfig: { defaults: { unit: 'dateTimeFromNow' } },
    });
  });
});

describe('a time series', () => {
  test('lists its series below, shows all under the pointer, begins at 0 and draws its limits', () => {
    expect(timeseries({ ...figure, query: series('SELECT 1'), limits }).build()).toMatchObject({
      options: {
        legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
        tooltip: { mode: 'multi', sort: 'desc' },
      },
      fieldConfig: {
        defaults: { min: 0, custom: { thresholdsStyle: { mode: 'dashed' }, stacking: { mode: 'none' } } },
      },
    });
    expect(timeseries({ ...figure, min: null }).build().fieldConfig?.defaults).not.toHaveProperty('min');
  });

  test('can be stacked, in bars or steps', () => {
    expect(timeseries({ ...figure, stacked: true, draw: 'bars' }).build()).toMatchObject({
      fieldConfig: { defaults: { custom: { stacking: { mode: 'normal' }, drawStyle: 'bars' } } },
    });
    expect(timeseries({ ...figure, draw: 'steps' }).build()).toMatchObject({
      fieldConfig: { defaults: { custom: { lineInterpolation: 'stepAfter' } } },
    });
  });

  test('lets a series, or all that match, look different', () => {
    const looks = { plan: { name: 'Plan', color: 'gray', dashed: true }, '/^late/': { unit: 'short' } } as const;
    expect(timeseries({ ...figure, series: looks }).build().fieldConfig?.overrides).toMatchObject([
      {
        matcher: { id: 'byName', options: 'plan' },
        properties: [{ id: 'displayName', value: 'Plan' }, { id: 'color' }, { id: 'custom.lineStyle' }, {}],
      },
      { matcher: { id: 'byRegexp', options: '/^late/' }, properties: [{ id: 'unit', value: 'short' }, {}] },
    ]);
  });
});

test('a bar gauge is a funnel: horizontal, a bar for every row, from 0 to the largest', () => {
  const built = barGauge(figure).build();
  expect(built).toMatchObject({
    options: { orientation: 'horizontal', reduceOptions: { values: true, calcs: ['lastNotNull'] } },
    fieldConfig: { defaults: { min: 0, color: { mode: 'fixed', fixedColor: 'blue' } } },
  });
  expect(built.fieldConfig?.defaults).not.toHaveProperty('max');
  expect(barGauge({ ...figure, max: 1 }).build().fieldConfig?.defaults.max).toBe(1);
});

test('a state timeline shows each state by its text and colour', () => {
  expect(stateTimeline({ ...figure, query: series('SELECT 1'), states }).build()).toMatchObject({
    type: 'state-timeline',
    options: { legend: { showLegend: true }, mergeValues: true },
    fieldConfig: {
      defaults: {
        unit: 'string',
        mappings: [{ options: { ok: { text: 'running', color: 'green' }, failed: { text: 'failed', color: 'red' } } }],
      },
    },
  });
});

test('a bar chart names its groups by a column and its series by theirs', () => {
  const spec = { ...figure, x: 'reason', stacked: true, horizontal: true, series: { lost: 'Lost' } };
  expect(barChart(spec).build()).toMatchObject({
    options: { xField: 'reason', stacking: 'normal', orientation: 'horizontal', legend: { showLegend: true } },
    fieldConfig: { overrides: [{ matcher: { options: 'lost' }, properties: [{ id: 'displayName', value: 'Lost' }] }] },
  });
});

test('a note is Markdown', () => {
  expect(text({ title: 'How to read', content: '# Hello' }).build()).toMatchObject({
    type: 'text',
    options: { mode: 'markdown', content: '# Hello' },
  });
});
