import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AlertFile } from '../sql/alert-file.js';
import { factsOf } from './dashboard-facts.js';
import type { LintContext, PromqlReading } from './finding.js';

const postgres = { uid: 'pg-readmodel', type: 'grafana-postgresql-datasource' };
const prometheus = { uid: 'prom', type: 'prometheus' };

const ofPanel = (unit: string, noValue: string): object => ({ defaults: { unit, noValue }, overrides: [] as object[] });

/** One of each thing that is checked, and nothing wrong with any. A new copy each time. */
export const goodDashboard = (): Dashboard =>
  structuredClone({
    uid: 'fw-base',
    title: 'Base',
    description: 'Is the data of the portal fresh?',
    tags: ['funnelwatch'],
    editable: false,
    refresh: '1m',
    timezone: 'browser',
    graphTooltip: 1,
    schemaVersion: 41,
    time: { from: 'now-7d', to: 'now' },
    templating: {
      list: [
        {
          type: 'query',
          name: 'portal',
          datasource: postgres,
          query: 'SELECT name AS __text, portal_id::text AS __value FROM grafana.portal ORDER BY name LIMIT 1000',
          refresh: 2,
          multi: true,
          includeAll: true,
          allowCustomValue: false,
        },
        { type: 'constant', name: 'console', query: 'https://console.example.test' },
      ],
    },
    annotations: {
      list: [
        {
          name: 'Configuration',
          enable: true,
          iconColor: 'blue',
          datasource: postgres,
          target: {
            refId: 'Anno',
            format: 'table',
            rawSql: `SELECT occurred_at AS time, text FROM grafana.configuration_change
                      WHERE portal_id::text IN (\${portal:sqlstring}) AND $__timeFilter(occurred_at) ORDER BY 1 LIMIT 500`,
          },
        },
      ],
    },
    links: [
      {
        title: 'Others',
        type: 'dashboards',
        tags: ['funnelwatch'],
        keepTime: true,
        includeVars: true,
        asDropdown: true,
      },
    ],
    panels: [
      {
        id: 1,
        type: 'stat',
        title: 'Data as of',
        description: 'Age of the oldest data. From grafana.portal.',
        gridPos: { x: 0, y: 0, w: 6, h: 4 },
        datasource: postgres,
        targets: [{ refId: 'A', format: 'table', rawSql: 'SELECT max(data_age_seconds) AS age FROM grafana.portal' }],
        fieldConfig: {
          defaults: {
            unit: 's',
            noValue: 'no data',
            thresholds: {
              mode: 'absolute',
              steps: [
                { value: null, color: 'text' },
                { value: 300, color: 'red' },
              ],
            },
          },
          overrides: [],
        },
        options: { reduceOptions: { calcs: ['lastNotNull'] } },
      },
      {
        id: 2,
        type: 'timeseries',
        title: 'Cases',
        description: 'Cases a minute.',
        gridPos: { x: 6, y: 0, w: 18, h: 4 },
        datasource: prometheus,
        targets: [{ refId: 'A', expr: 'sum(rate(fw_cases_total[$__rate_interval]))' }],
        fieldConfig: ofPanel('short', '0'),
        options: { legend: { showLegend: true } },
      },
      { id: 3, type: 'row', title: 'Details', collapsed: false, gridPos: { x: 0, y: 4, w: 24, h: 1 }, panels: [] },
      {
        id: 4,
        type: 'timeseries',
        title: 'Moves',
        description: 'Moves a day.',
        gridPos: { x: 0, y: 5, w: 24, h: 6 },
        datasource: postgres,
        targets: [
          {
            refId: 'A',
            format: 'time_series',
            rawSql: `WITH days AS (
                       SELECT date_trunc('day', moved_at) AS day, count(*) AS moves FROM grafana.move
                        WHERE portal_id::text = ANY(ARRAY[\${portal:sqlstring}]::text[]) AND $__timeFilter(moved_at)
                        GROUP BY 1)
                     SELECT day AS "time", sum(moves)::float8 AS moves FROM days GROUP BY 1 ORDER BY 1`,
          },
        ],
        fieldConfig: ofPanel('none', '0'),
        options: { legend: { showLegend: true } },
      },
      {
        id: 5,
        type: 'row',
        title: 'Rows',
        collapsed: true,
        gridPos: { x: 0, y: 11, w: 24, h: 1 },
        panels: [tableOfPortals],
      },
    ],
  }) as unknown as Dashboard;

const tableOfPortals = {
  id: 6,
  type: 'table',
  title: 'Portals',
  description: 'Portals and their states.',
  gridPos: { x: 0, y: 12, w: 24, h: 8 },
  datasource: postgres,
  targets: [
    {
      refId: 'A',
      format: 'table',
      rawSql: 'SELECT portal_id::text AS portal_id, name FROM grafana.portal ORDER BY name LIMIT 100',
    },
  ],
  fieldConfig: {
    defaults: { unit: 'string', noValue: '—' },
    overrides: [
      {
        matcher: { id: 'byName', options: 'name' },
        properties: [
          {
            id: 'links',
            value: [
              { title: 'Portal', url: '/d/fw-portal?var-portal=${__data.fields.portal_id}&${__url_time_range}' },
              { title: 'Console', url: '${console}/portals/${__data.fields.portal_id}' },
            ],
          },
        ],
      },
    ],
  },
  options: {},
};

export const goodAlerts = (): AlertFile => ({
  apiVersion: 1,
  groups: [
    {
      name: 'data',
      folder: 'Operations',
      interval: '1m',
      rules: [
        {
          uid: 'fw-data-old',
          title: 'Data is old',
          condition: 'C',
          for: '5m',
          noDataState: 'Alerting',
          execErrState: 'Error',
          dashboardUid: 'fw-base',
          panelId: 1,
          labels: { severity: 'warning', team: 'operations' },
          annotations: {
            summary: '{{ .Labels.portal }} is old',
            description: 'It was not read for long.',
            runbook_url: 'docs/operations.md#data-old',
          },
          data: [
            {
              refId: 'A',
              datasourceUid: 'pg-readmodel',
              model: {
                refId: 'A',
                format: 'table',
                rawSql: 'SELECT name AS portal, data_age_seconds FROM grafana.portal',
              },
            },
            { refId: 'C', datasourceUid: '__expr__', model: { refId: 'C', type: 'threshold', expression: 'A' } },
          ],
        },
      ],
    },
  ],
});

const cases = { metric: 'fw_cases_total', functions: ['sum', 'rate'] };

/** What a parser would say of the expressions that specs ask for. */
const readings: Readonly<Record<string, PromqlReading>> = {
  'sum(rate(fw_cases_total[5m]))': { hasError: false, selectors: [cases] },
  'sum(fw_cases_total)': { hasError: false, selectors: [{ metric: 'fw_cases_total', functions: ['sum'] }] },
  'rate(fw_lag_seconds[5m])': { hasError: false, selectors: [{ metric: 'fw_lag_seconds', functions: ['rate'] }] },
  'sum(rate(fw_wait_seconds_bucket[5m]))': {
    hasError: false,
    selectors: [{ metric: 'fw_wait_seconds_bucket', functions: ['sum', 'rate'] }],
  },
  fw_wait_seconds_count: { hasError: false, selectors: [{ metric: 'fw_wait_seconds_count', functions: [] }] },
  'sum(rate(fw_other_total[5m]))': {
    hasError: false,
    selectors: [{ metric: 'fw_other_total', functions: ['sum', 'rate'] }],
  },
  'absent(fw_cases_total)': { hasError: false, selectors: [{ metric: 'fw_cases_total', functions: ['absent'] }] },
  fw_lag_seconds: { hasError: false, selectors: [{ metric: 'fw_lag_seconds', functions: [] }] },
  fw_x: { hasError: false, selectors: [{ metric: 'fw_x', functions: [] }] },
  'vector(1)': { hasError: false, selectors: [] },
};

/** The world around the good dashboard. */
export const contextOf = (dashboard: Dashboard): LintContext => ({
  dashboards: [
    factsOf(dashboard),
    { uid: 'fw-portal', title: 'Portal', tags: ['funnelwatch'], variables: ['portal'], panelIds: [1] },
  ],
  views: {
    portal: { portal_id: 'uuid', name: 'text', data_age_seconds: 'double precision', feeds: 'text[]' },
    move: { portal_id: 'uuid', moved_at: 'timestamp with time zone' },
    configuration_change: { portal_id: 'uuid', occurred_at: 'timestamp with time zone', text: 'text' },
  },
  metrics: { fw_cases_total: 'counter', fw_lag_seconds: 'gauge', fw_wait_seconds: 'histogram' },
  timezone: 'browser',
  hasRunbook: (url) => url === 'docs/operations.md#data-old',
  readPromql: (expression) => readings[expression] ?? { hasError: true, selectors: [] },
});
