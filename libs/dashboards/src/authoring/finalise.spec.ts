import { describe, expect, test } from '@jest/globals';
import { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardLinkBuilder,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as PieChart } from '@grafana/grafana-foundation-sdk/piechart';
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { VizLegendOptionsBuilder, LegendDisplayMode } from '@grafana/grafana-foundation-sdk/common';
import { finalise, panelsOf, targetsOf } from './finalise.js';
import { promNow, rows } from './queries.js';

const builder = (): DashboardBuilder => new DashboardBuilder('A dashboard').uid('fw-a');

/** The first panel as the SDK builds it and as it is after the repairs. */
function panel(made: Builder<Panel>): { before: Panel; after: Panel } {
  const built = builder().withPanel(made).build();
  return { before: panelsOf(built)[0]!, after: panelsOf(finalise(built))[0]! };
}

describe('legends', () => {
  test.each([
    ['timeseries', new TimeSeries()],
    ['barchart', new BarChart()],
    ['state timeline', new StateTimeline()],
    ['piechart', new PieChart()],
  ])('the SDK hides the one of a %s, a finished dashboard shows it', (_, made) => {
    const { before, after } = panel(made);
    expect(before).not.toHaveProperty('options.legend.showLegend', true);
    expect(after.options).toMatchObject({
      legend: { showLegend: true, displayMode: 'list', placement: 'bottom' },
    });
  });

  test('one that is hidden on purpose stays hidden', () => {
    const legend = new VizLegendOptionsBuilder().displayMode(LegendDisplayMode.Hidden).showLegend(false);
    expect(panel(new TimeSeries().legend(legend)).after).toHaveProperty('options.legend.showLegend', false);
  });
});

test('nothing is filed away into a menu: links of the dashboard, of panels, of values, of cells, annotations', () => {
  const link = (): DashboardLinkBuilder => new DashboardLinkBuilder('Elsewhere').url('/d/x');
  const made = new Table()
    .links([link()])
    .dataLinks([link()])
    .overrideByName('a', [{ id: 'links', value: [link().build()] }]);
  const built = builder().withPanel(made).link(link()).annotation(new AnnotationQueryBuilder().name('Changes')).build();
  expect(JSON.stringify(built).match(/"placement"/g)).toHaveLength(5);
  expect(JSON.stringify(finalise(built))).not.toContain('"placement"');
});

test('panels and rows are numbered 1..n in reading order, the folded ones too', () => {
  const built = builder()
    .withPanel(new Stat().title('a'))
    .withRow(new RowBuilder('Folded').withPanel(new Stat().title('b')).withPanel(new Stat().title('c')))
    .withRow(new RowBuilder('Open'))
    .withPanel(new Stat().title('d'))
    .build();
  expect(built.panels?.map(({ id }) => id)).toEqual([undefined, 0, 0, undefined]);
  const finished = finalise(built);
  expect(finished.panels?.map(({ id }) => id)).toEqual([1, 2, 5, 6]);
  expect(panelsOf(finished).map(({ id, title }) => [id, title])).toEqual([
    [1, 'a'],
    [3, 'b'],
    [4, 'c'],
    [6, 'd'],
  ]);
});

test.each([
  ['stat', new Stat()],
  ['bar gauge', new BarGauge()],
])('a %s reduces to the last value that is there', (_, made) => {
  const { before, after } = panel(made);
  expect(before).toHaveProperty('options.reduceOptions.calcs', []);
  expect(after).toHaveProperty('options.reduceOptions.calcs', ['lastNotNull']);
});

test('every query of a panel has a letter of its own, and keeps the one it was given', () => {
  const made = new Stat()
    .withTarget(rows('SELECT 1'))
    .withTarget(rows('SELECT 2'))
    .withTarget(rows('SELECT 3').refId('B'))
    .withTarget(promNow('up'));
  const { before, after } = panel(made);
  expect(targetsOf(before).map(({ refId }) => refId)).toEqual(['A', 'A', 'B', undefined]);
  expect(targetsOf(after).map(({ refId }) => refId)).toEqual(['A', 'C', 'B', 'D']);
});

test('more queries than letters are refused', () => {
  const many = new Stat().targets(Array.from({ length: 27 }, () => rows('SELECT 1')));
  expect(() => panel(many)).toThrow('TOO_MANY_QUERIES');
});

test('a panel names the source of its queries, and says so when there are several', () => {
  const one = panel(new Stat().withTarget(rows('SELECT 1'))).after;
  expect(one.datasource).toMatchObject({ uid: 'pg-readmodel' });
  const both = panel(new Stat().withTarget(rows('SELECT 1')).withTarget(promNow('up'))).after;
  expect(both.datasource).toMatchObject({ uid: '-- Mixed --' });
});

test('a time series shows all series under the pointer, the highest first', () => {
  const { before, after } = panel(new TimeSeries());
  expect(before.options).toMatchObject({ tooltip: { mode: 'single', sort: 'asc' } });
  expect(after.options).toMatchObject({ tooltip: { mode: 'multi', sort: 'desc' } });
});

describe('variables', () => {
  const list = (dashboard: Dashboard): object[] => dashboard.templating.list ?? [];
  const built = builder()
    .withVariable(new QueryVariableBuilder('v').query('SELECT 1'))
    .withVariable(new TextBoxVariableBuilder('t'))
    .build();

  test('take no value that somebody types into the address', () => {
    expect(list(built)).toMatchObject([{ allowCustomValue: true }, {}]);
    expect(list(finalise(built))).toMatchObject([{ allowCustomValue: false }, { allowCustomValue: false }]);
  });

  test('that are asked for are asked again when the range changes', () => {
    expect(list(built)[0]).not.toHaveProperty('refresh');
    expect(list(finalise(built))).toMatchObject([{ refresh: 2 }, {}]);
    expect(list(finalise(built))[1]).not.toHaveProperty('refresh');
  });
});

test('a dashboard without uid and a panel without place are refused', () => {
  expect(() => finalise(new DashboardBuilder('x').build())).toThrow('UID_MISSING');
  const loose = { ...builder().build(), panels: [new Stat().build()] };
  expect(() => finalise(loose)).toThrow('UNPLACED_PANEL');
});

test('the input stays as it is, and the outcome is plain JSON', () => {
  const built = builder()
    .withPanel(new TimeSeries().withTarget(rows('SELECT 1')))
    .build();
  const before = JSON.stringify(built);
  const finished = finalise(built);
  expect(JSON.stringify(built)).toBe(before);
  expect(JSON.parse(JSON.stringify(finished))).toEqual(finished);
});
