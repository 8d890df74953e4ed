import { describe, expect, test } from '@jest/globals';
import { type DashboardSpec, defineDashboard, panelRef, withConsoleUrl } from './dashboard.js';
import { evenLine, foldedSection, head } from './layout.js';
import { consoleLink, type DataLink } from './links.js';
import { stat } from './panels/stat.js';
import { promNow, type Query, rows } from './queries.js';
import { variable } from './variables.js';

const figure = (title: string, query: Query = rows('SELECT 1'), links: DataLink[] = []): ReturnType<typeof stat> =>
  stat({
    title,
    description: { what: 'A figure.', source: 'grafana.portal' },
    unit: 'short',
    decimals: 0,
    noValue: 'nothing',
    query,
    links,
  });

const spec = (changes: Partial<DashboardSpec> = {}): DashboardSpec => ({
  uid: 'fw-example',
  title: 'Example',
  folder: 'Operations',
  audience: 'staff',
  description: 'Is the example well?',
  range: '24h',
  refresh: '1m',
  sections: [head(evenLine(4, figure('a'), figure('b'))), foldedSection('More', evenLine(4, figure('c')))],
  ...changes,
});

test('a dashboard cannot be edited, is in the time of its reader, and shares its crosshair', () => {
  expect(defineDashboard(spec({ tags: ['ops'] })).json).toMatchObject({
    uid: 'fw-example',
    title: 'Example',
    description: 'Is the example well?',
    tags: ['funnelwatch', 'ops'],
    editable: false,
    timezone: 'browser',
    graphTooltip: 1,
    time: { from: 'now-24h', to: 'now' },
    refresh: '1m',
  });
  expect(defineDashboard(spec({ refresh: 'off' })).json.refresh).toBe('');
});

test('a drop-down leads to all other dashboards and takes range and variables along', () => {
  expect(defineDashboard(spec()).json.links).toMatchObject([
    { type: 'dashboards', tags: ['funnelwatch'], asDropdown: true, includeVars: true, keepTime: true },
  ]);
});

test('it is finished: panels are placed and numbered', () => {
  expect(defineDashboard(spec()).json.panels).toMatchObject([
    { id: 1, title: 'a', gridPos: { x: 0, y: 0, w: 12, h: 4 } },
    { id: 2, title: 'b' },
    { id: 3, type: 'row', collapsed: true, panels: [{ id: 4, title: 'c' }] },
  ]);
});

describe('changes of configuration are marked', () => {
  test('where a portal is selected, for that portal and the range', () => {
    const { annotations } = defineDashboard(spec({ variables: [variable.portal()] })).json;
    expect(annotations.list).toMatchObject([
      { enable: true, name: 'Configuration changes', datasource: { uid: 'pg-readmodel' }, target: { format: 'table' } },
    ]);
    expect(JSON.stringify(annotations.list)).toContain('${portal:sqlstring}');
  });

  test('nowhere else, and not where other marks are stated', () => {
    expect(defineDashboard(spec()).json.annotations.list).toEqual([]);
    expect(defineDashboard(spec({ variables: [variable.portal()], annotations: [] })).json.annotations.list).toEqual(
      [],
    );
  });
});

describe('links into the console', () => {
  const linked = defineDashboard(
    spec({ sections: [head(evenLine(4, figure('a', rows('SELECT 1'), [consoleLink('/operations')])))] }),
  );
  const consoleOf = (dashboard: typeof linked): unknown =>
    dashboard.json.templating.list?.find(({ name }) => name === 'console')?.current?.value;

  test('bring the address of the console with them', () => {
    expect(consoleOf(linked)).toBe('http://127.0.0.1:4400');
    expect(defineDashboard(spec()).json.templating.list).toEqual([]);
  });

  test('begin with the address of the installation', () => {
    const moved = withConsoleUrl(linked, 'https://funnel.example.com');
    expect(consoleOf(moved)).toBe('https://funnel.example.com');
    expect(consoleOf(linked)).toBe('http://127.0.0.1:4400');
  });
});

test('a panel is referred to by its title, folded or not', () => {
  const dashboard = defineDashboard(spec());
  expect(panelRef(dashboard, 'c')).toEqual({ dashboardUid: 'fw-example', panelId: 4 });
  expect(() => panelRef(dashboard, 'd')).toThrow('PANEL_UNKNOWN');
  const twice = defineDashboard(spec({ sections: [head(evenLine(4, figure('a'), figure('a')))] }));
  expect(() => panelRef(twice, 'a')).toThrow('PANEL_UNKNOWN');
});

describe('refused', () => {
  test('a uid of another shape, and a dashboard without a question', () => {
    expect(() => defineDashboard(spec({ uid: 'Example' }))).toThrow('UID_SHAPE');
    expect(() => defineDashboard(spec({ description: ' ' }))).toThrow('DESCRIPTION_MISSING');
  });

  test('metrics on a dashboard of clients, folded ones too: Prometheus does not keep clients apart', () => {
    const sections = [foldedSection('More', evenLine(4, figure('a', promNow('up'))))];
    expect(() => defineDashboard(spec({ audience: 'client', sections }))).toThrow('METRICS_FOR_CLIENTS');
    expect(() => defineDashboard(spec({ audience: 'staff', sections }))).not.toThrow();
  });
});
