import type { AnnotationQuery, Dashboard, Panel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from '@jest/globals';
import type { AlertFile, AlertRule } from '../sql/alert-file.js';
import { panelsOf } from '../sql/queries-of.js';
import type { Finding } from './finding.js';
import { contextOf, goodAlerts, goodDashboard } from './good-dashboard.spec-fixture.js';
import { lintAlerts, lintDashboard, ruleIds } from './lint-dashboard.js';

/** A rule, what is spoilt, and rules that speak up as well. */
type Mutation<Subject> = [rule: string, what: string, spoil: (subject: Subject) => void, also?: string[]];

const panel = (dashboard: Dashboard, id: number): Panel => panelsOf(dashboard).find((found) => found.id === id)!;
const query = (dashboard: Dashboard, id: number): { rawSql: string; expr: string; format: string; refId: string } =>
  panel(dashboard, id).targets![0] as never;
const variable = (dashboard: Dashboard): VariableModel => dashboard.templating.list![0]!;
const annotation = (dashboard: Dashboard): AnnotationQuery => dashboard.annotations.list![0]!;
const link = (dashboard: Dashboard, at = 0): { url: string } =>
  (panel(dashboard, 6).fieldConfig!.overrides[0]!.properties[0]!.value as { url: string }[])[at]!;
const sql =
  (id: number, rawSql: string) =>
  (dashboard: Dashboard): void => {
    query(dashboard, id).rawSql = rawSql;
  };
const expr =
  (text: string) =>
  (dashboard: Dashboard): void => {
    query(dashboard, 2).expr = text;
  };
const ofPortal = (condition: string): string => `SELECT name FROM grafana.portal WHERE ${condition} LIMIT 5`;

const mutations: Mutation<Dashboard>[] = [
  ['dashboard-uid', 'no uid', (d) => delete d.uid],
  ['dashboard-uid', 'a uid with a blank', (d) => (d.uid = 'fw base')],
  ['dashboard-title', 'no title', (d) => delete d.title],
  ['dashboard-title', 'no description', (d) => (d.description = ' ')],
  ['dashboard-title', 'the title of another', (d) => (d.title = 'Portal')],
  ['panel-ids', 'no id', (d) => delete panel(d, 2).id],
  ['panel-ids', 'an id twice', (d) => (panel(d, 2).id = 1)],
  ['panel-ids', 'an id of a row', (d) => (panel(d, 6).id = 3)],
  ['ref-ids', 'no letter', (d) => (query(d, 1).refId = '')],
  ['ref-ids', 'a letter twice', (d) => panel(d, 1).targets!.push(panel(d, 1).targets![0]!)],
  ['panel-has-queries', 'no query', (d) => (panel(d, 1).targets = [])],
  ['inside-grid', 'too wide', (d) => (panel(d, 2).gridPos!.w = 19)],
  ['inside-grid', 'no place', (d) => delete panel(d, 1).gridPos],
  ['inside-grid', 'too wide inside a row', (d) => (panel(d, 6).gridPos!.w = 25)],
  ['no-overlap', 'one upon another', (d) => (panel(d, 2).gridPos!.x = 5)],
  ['row-panels', 'a folded row with nothing', (d) => ((d.panels![4] as { panels: Panel[] }).panels = [])],
  ['row-panels', 'a row without a title', (d) => (d.panels![2]!.title = '')],
  ['fixed-sources', 'a source by a variable', (d) => (panel(d, 1).datasource = { uid: '${ds}', type: 'x' })],
  ['fixed-sources', 'no source', (d) => delete panel(d, 1).datasource],
  ['fixed-sources', 'another type', (d) => (panel(d, 1).datasource!.type = 'postgres')],
  ['fixed-sources', 'SQL for Prometheus', (d) => (panel(d, 1).datasource = { uid: 'prom', type: 'prometheus' })],
  ['fixed-sources', 'another source of a variable', (d) => (variable(d).datasource!.uid = 'pg')],
  ['fixed-sources', 'another source of an annotation', (d) => (annotation(d).datasource!.uid = 'pg')],
  ['not-editable', 'editable', (d) => (d.editable = true)],
  ['refresh', 'every five seconds', (d) => (d.refresh = '5s')],
  ['timezone', 'another zone', (d) => (d.timezone = 'utc')],
  ['time-range', 'no range', (d) => delete d.time],
  ['shared-crosshair', 'no crosshair', (d) => (d.graphTooltip = 0)],
  ['data-as-of', 'no age of data', (d) => (panel(d, 1).title = 'Age')],
  ['configuration-changes', 'no annotation', (d) => (d.annotations.list = [])],
  ['configuration-changes', 'switched off', (d) => (annotation(d).enable = false)],
  ['variable-names', 'a name twice', (d) => (d.templating.list![1]!.name = 'portal'), ['links-resolve']],
  ['variable-refresh', 'asked once', (d) => (variable(d).refresh = 1)],
  ['no-custom-value', 'anything may be typed', (d) => (variable(d).allowCustomValue = true)],
  ['no-custom-value', 'left to the default', (d) => delete variable(d).allowCustomValue],
  ['no-all-value', 'a value for All', (d) => (variable(d).allValue = '.*')],
  ['no-all-value', 'a value for All that is more than a literal', (d) => (variable(d).allValue = "'x' OR 'y'")],
  ['variable-query', 'no query', (d) => (variable(d).query = '')],
  ['panel-title', 'no title', (d) => (panel(d, 2).title = '')],
  ['panel-description', 'no description', (d) => delete panel(d, 2).description],
  ['panel-unit', 'no unit', (d) => delete panel(d, 2).fieldConfig!.defaults.unit],
  ['known-unit', 'a unit that Grafana lacks', (d) => (panel(d, 2).fieldConfig!.defaults.unit = 'bogus')],
  ['known-unit', 'two blanks before a suffix', (d) => (panel(d, 2).fieldConfig!.defaults.unit = 'suffix: points')],
  [
    'known-unit',
    'such a unit in an override',
    (d) => panel(d, 6).fieldConfig!.overrides[0]!.properties.push({ id: 'unit', value: 'percentage' }),
  ],
  ['panel-no-value', 'nothing for no value', (d) => delete panel(d, 2).fieldConfig!.defaults.noValue],
  ['panel-legend', 'no legend', (d) => (panel(d, 2).options = { legend: { showLegend: false } })],
  ['panel-reduction', 'no calculation', (d) => (panel(d, 1).options = { reduceOptions: { calcs: [] } })],
  ['neutral-base', 'green first', (d) => (panel(d, 1).fieldConfig!.defaults.thresholds!.steps[0]!.color = 'green')],
  ['neutral-base', 'the default of Grafana', (d) => delete panel(d, 1).fieldConfig!.defaults.thresholds],
  [
    'neutral-base',
    'a first step of its own',
    (d) => (panel(d, 1).fieldConfig!.defaults.thresholds!.steps[0]!.value = 0),
  ],
  [
    'neutral-base',
    'green first in an override',
    (d) =>
      panel(d, 6).fieldConfig!.overrides[0]!.properties.push({
        id: 'thresholds',
        value: { steps: [{ value: null, color: 'green' }] },
      }),
  ],
  [
    'neutral-base',
    'coloured cells without thresholds',
    (d) => (panel(d, 6).fieldConfig!.defaults.custom = { cellOptions: { type: 'color-background' } }),
  ],
  [
    'neutral-base',
    'a scale of colours without a word for no data',
    (d) => (panel(d, 1).fieldConfig!.defaults.color = { mode: 'continuous-RdYlGr' as never }),
  ],
  ['links-resolve', 'a dashboard that is not there', (d) => (link(d).url = link(d).url.replace('fw-portal', 'fw-x'))],
  ['links-resolve', 'a variable that is not there', (d) => (link(d).url = link(d).url.replace('var-portal', 'var-x'))],
  ['links-resolve', 'a column that is not there', (d) => (link(d).url = link(d).url.replace('portal_id', 'id'))],
  ['links-resolve', 'a variable of this one that is not there', (d) => (link(d, 1).url = '${home}/portals')],
  ['links-resolve', 'no address', (d) => (link(d, 1).url = 'portals')],
  ['links-keep-context', 'no time', (d) => (link(d).url = link(d).url.replace('&${__url_time_range}', ''))],
  ['links-keep-context', 'variables lost', (d) => (d.links![0]!.includeVars = false)],
  ['nothing-in-controls-menu', 'hidden link', (d) => (d.links![0]!.placement = 'inControlsMenu' as never)],
  ['nothing-in-controls-menu', 'hidden annotation', (d) => (annotation(d).placement = 'inControlsMenu' as never)],
  ['tagged-links', 'a tag of nothing', (d) => (d.links![0]!.tags = ['elsewhere'])],
  ['sql-variable-format', 'csv', sql(1, ofPortal('name IN (${portal:csv})'))],
  ['sql-variable-format', 'raw', sql(1, ofPortal('name = ${portal:raw}'))],
  ['sql-variable-format', 'the quotes of another database', sql(1, ofPortal('name IN (${portal:singlequote})'))],
  ['sql-variable-format', 'bare', sql(1, ofPortal('name = $portal'))],
  ['sql-variable-format', 'bare in braces', sql(1, ofPortal('name IN (${portal})'))],
  ['sql-variable-format', 'in brackets', sql(1, ofPortal('name IN ([[portal]])'))],
  ['sql-variable-format', 'of the browser', sql(1, ofPortal('data_age_seconds > ${__from}'))],
  ['sql-variable-in-quotes', 'in quotes', sql(1, ofPortal("name = '${portal:sqlstring}'"))],
  ['sql-variable-in-quotes', 'bare in quotes', sql(1, ofPortal("name = '$portal'"))],
  ['sql-variable-in-quotes', 'inside a macro', sql(1, ofPortal('$__timeFilter($portal)'))],
  ['variable-is-known', 'unknown', sql(1, ofPortal('name IN (${seller:sqlstring})'))],
  ['variable-is-known', 'unknown in PromQL', expr('sum(rate(fw_cases_total{p="$p"}[5m]))'), ['promql-parses']],
  ['sql-macro-arguments', 'a function in a macro', sql(1, ofPortal('$__timeFilter(coalesce(a, b))'))],
  ['sql-macros', 'an unknown macro', sql(1, ofPortal('$__timeRange(a)'))],
  ['sql-macros', 'a bucket of a month', sql(1, "SELECT $__timeGroup(a, '1M') AS m FROM grafana.portal LIMIT 5")],
  ['sql-fill', 'a fill in a table', sql(1, "SELECT $__timeGroup(a, '5m', NULL) AS m FROM grafana.portal LIMIT 5")],
  ['sql-one-select', 'two statements', sql(1, 'SELECT 1 AS a; SELECT 2 AS b')],
  ['sql-one-select', 'a change', sql(1, 'WITH gone AS (DELETE FROM grafana.portal RETURNING 1) SELECT 1 AS a')],
  ['sql-star', 'a star', sql(1, 'SELECT * FROM grafana.portal LIMIT 5')],
  ['sql-star', 'a star of one view', sql(1, 'SELECT p.* FROM grafana.portal p LIMIT 5')],
  ['sql-column-names', 'no name', sql(1, 'SELECT 1 + 1 FROM grafana.portal LIMIT 5')],
  ['sql-column-names', 'one name twice', sql(1, 'SELECT name, host AS name FROM grafana.portal LIMIT 5')],
  ['sql-limit', 'no limit', sql(1, 'SELECT name FROM grafana.portal')],
  ['sql-limit', 'a limit inside', sql(1, 'SELECT name FROM (SELECT name FROM grafana.portal LIMIT 5) p')],
  ['sql-limit', 'too high a limit', sql(1, 'SELECT name FROM grafana.portal LIMIT 100000')],
  ['sql-limit', 'groups', sql(1, 'SELECT max(name) AS name FROM grafana.portal GROUP BY host')],
  [
    'sql-time-column',
    'another name',
    sql(4, 'SELECT moved_at AS at, 1 AS n FROM grafana.move ORDER BY 1'),
    ['sql-time-order'],
  ],
  ['sql-time-order', 'no order', sql(4, 'SELECT moved_at AS time, 1 AS n FROM grafana.move')],
  ['sql-time-order', 'newest first', sql(4, 'SELECT moved_at AS time, 1 AS n FROM grafana.move ORDER BY time DESC')],
  ['sql-time-order', 'another order', sql(4, 'SELECT moved_at AS time, 1 AS n FROM grafana.move ORDER BY n, time')],
  [
    'sql-time-order',
    'an order inside',
    sql(4, 'SELECT time, n FROM (SELECT moved_at AS time, 1 AS n FROM grafana.move ORDER BY 1) m'),
  ],
  ['sql-relations', 'another schema', sql(1, 'SELECT count(*) AS n FROM read.portal')],
  ['sql-relations', 'no schema', sql(1, 'SELECT count(*) AS n FROM portal')],
  ['sql-relations', 'a view that is not there', sql(1, 'SELECT count(*) AS n FROM grafana.deal')],
  [
    'sql-relations',
    'another schema in a join',
    sql(1, 'SELECT count(*) AS n FROM grafana.portal JOIN log.event ON true'),
  ],
  ['sql-relations', 'another schema after a comma', sql(1, 'SELECT count(*) AS n FROM grafana.portal p, log.event e')],
  ['sql-relations', 'another schema in a subquery', sql(1, 'SELECT (SELECT max(x) FROM log.event) AS n')],
  ['sql-relations', 'a function that reads files', sql(1, "SELECT count(*) AS n FROM pg_ls_dir('.')")],
  ['sql-output-types', 'a uuid', sql(1, 'SELECT p.portal_id FROM grafana.portal p LIMIT 5')],
  ['sql-output-types', 'a uuid under a name', sql(1, 'SELECT portal_id AS id FROM grafana.portal LIMIT 5')],
  ['sql-output-types', 'a list', sql(1, 'SELECT feeds FROM grafana.portal LIMIT 5')],
  ['sql-output-types', 'cast to jsonb', sql(1, 'SELECT name::jsonb AS name FROM grafana.portal LIMIT 5')],
  ['sql-variable-columns', 'other columns', (d) => (variable(d).query = 'SELECT name FROM grafana.portal LIMIT 5')],
  [
    'sql-annotation-columns',
    'no text',
    (d) => {
      const target = annotation(d).target as unknown as { rawSql: string };
      target.rawSql = target.rawSql.replace(', text', '');
    },
  ],
  ['promql-parses', 'broken', expr('sum(rate(')],
  ['promql-parses', 'no series', expr('vector(1)')],
  ['promql-known-metrics', 'a metric that nobody has', expr('sum(rate(fw_other_total[5m]))')],
  ['promql-known-metrics', 'options of a metric that nobody has', prometheusVariable('label_values(fw_x, portal)')],
  ['promql-counters', 'a counter as it is', expr('sum(fw_cases_total)')],
  ['promql-counters', 'a histogram as it is', expr('fw_wait_seconds_count')],
  ['promql-counters', 'a rate of a gauge', expr('rate(fw_lag_seconds[5m])')],
];

const rule = (file: AlertFile): AlertRule => file.groups[0]!.rules[0]!;
const alertSql =
  (rawSql: string) =>
  (file: AlertFile): void => {
    (rule(file).data[0]!.model as { rawSql: string }).rawSql = rawSql;
  };

const alertMutations: Mutation<AlertFile>[] = [
  ['alert-uid', 'no uid', (f) => delete rule(f).uid],
  ['alert-uid', 'no title', (f) => delete rule(f).title],
  ['alert-words', 'no summary', (f) => (rule(f).annotations = { ...rule(f).annotations, summary: '' })],
  ['alert-words', 'no description', (f) => (rule(f).annotations = { ...rule(f).annotations, description: '' })],
  ['alert-runbook', 'no runbook', (f) => (rule(f).annotations = { ...rule(f).annotations, runbook_url: '' })],
  ['alert-runbook', 'not written', (f) => (rule(f).annotations = { ...rule(f).annotations, runbook_url: 'docs/x.md' })],
  ['alert-labels', 'no severity', (f) => (rule(f).labels = { team: 'operations' })],
  ['alert-labels', 'no team', (f) => (rule(f).labels = { severity: 'warning' })],
  ['alert-for', 'no time', (f) => delete rule(f).for],
  ['alert-states', 'no data left open', (f) => delete rule(f).noDataState],
  ['alert-states', 'an error left open', (f) => (rule(f).execErrState = 'Fine')],
  ['alert-panel', 'another dashboard', (f) => (rule(f).dashboardUid = 'fw-x')],
  ['alert-panel', 'another panel', (f) => (rule(f).panelId = 99)],
  ['alert-queries', 'no such step', (f) => (rule(f).condition = 'B')],
  ['alert-queries', 'another source', (f) => (rule(f).data[0]!.datasourceUid = 'pg')],
  ['alert-queries', 'no question', (f) => (rule(f).data = [rule(f).data[1]!])],
  ['alert-dollar', 'a dollar sign', (f) => (rule(f).annotations = { ...rule(f).annotations, summary: '{{ $value }}' })],
  ['alert-unique', 'twice', (f) => (f.groups = [...f.groups, ...f.groups])],
  [
    'variable-is-known',
    'a variable',
    alertSql('SELECT data_age_seconds FROM grafana.portal WHERE name IN (${portal:sqlstring})'),
  ],
  ['sql-relations', 'another schema', alertSql('SELECT age FROM read.portal')],
];

const rulesThatSpoke = (findings: Finding[]): string[] => [...new Set(findings.map((finding) => finding.rule))].sort();

test('the good dashboard and its alert pass every rule', () => {
  expect(lintDashboard(goodDashboard(), contextOf(goodDashboard()))).toEqual([]);
  expect(lintAlerts([goodAlerts()], contextOf(goodDashboard()))).toEqual([]);
});

describe('a dashboard is faulted by', () => {
  test.each(mutations)('%s: %s', (id, _what, spoil, also = []) => {
    const dashboard = goodDashboard();
    spoil(dashboard);
    expect(rulesThatSpoke(lintDashboard(dashboard, contextOf(dashboard)))).toEqual([id, ...also].sort());
  });

  test('dashboard-uid: a uid of two dashboards', () => {
    const context = contextOf(goodDashboard());
    const findings = lintDashboard(goodDashboard(), {
      ...context,
      dashboards: [...context.dashboards, context.dashboards[0]!],
    });
    expect(rulesThatSpoke(findings)).toEqual(['dashboard-title', 'dashboard-uid']);
  });
});

describe('an alert is faulted by', () => {
  test.each(alertMutations)('%s: %s', (id, _what, spoil, also = []) => {
    const file = goodAlerts();
    spoil(file);
    expect(rulesThatSpoke(lintAlerts([file], contextOf(goodDashboard())))).toEqual([id, ...also].sort());
  });
});

test('every rule has a fixture that it faults', () => {
  const spoilt = new Set([...mutations, ...alertMutations].map(([id]) => id));
  expect(ruleIds.filter((id) => !spoilt.has(id))).toEqual([]);
  expect(new Set(ruleIds).size).toBe(ruleIds.length);
});

describe('not faulted is', () => {
  test.each<[string, (dashboard: Dashboard) => void]>([
    ['one row without a limit', sql(1, 'SELECT (SELECT count(*) FROM grafana.portal) AS n')],
    ['a division of time by FROM', sql(1, 'SELECT max(extract(epoch FROM now() - at)) AS age FROM grafana.portal')],
    ['IS DISTINCT FROM', sql(1, "SELECT count(*) AS n FROM grafana.portal WHERE name IS DISTINCT FROM 'x'")],
    ['a series of days', sql(1, 'SELECT count(*) AS n FROM generate_series(1, 5) AS day')],
    [
      'a join in parentheses',
      sql(1, 'SELECT count(*) AS n FROM (grafana.portal p JOIN grafana.move m USING (portal_id))'),
    ],
    [
      'a lateral subquery',
      sql(1, 'SELECT count(*) AS n FROM grafana.portal p, LATERAL (SELECT 1 FROM grafana.move) m'),
    ],
    ['a product', sql(1, 'SELECT sum(2 * data_age_seconds) AS n FROM grafana.portal')],
    ['the macro for the width of points', sql(1, "SELECT '$__interval' AS width")],
    [
      'order by the first column',
      sql(4, "SELECT $__timeGroupAlias(moved_at, '1d'), 1 AS n FROM grafana.move ORDER BY 1"),
    ],
    ['a unit as a suffix on purpose', (d) => (panel(d, 2).fieldConfig!.defaults.unit = 'suffix:points')],
    ['a dashboard that is asked once', (d) => (d.refresh = '')],
    ['a panel of sources of its queries', mixedSources],
    ['a value for All that is one literal', (d) => (variable(d).allValue = "'*'")],
    ['whether a counter is there', expr('absent(fw_cases_total)')],
    ['options by the labels of a metric', prometheusVariable('label_values(fw_lag_seconds, portal)')],
    ['options by a label', prometheusVariable('label_values(portal)')],
    ['a rate of a histogram', expr('sum(rate(fw_wait_seconds_bucket[$__rate_interval]))')],
  ])('%s', (_what, change) => {
    const dashboard = goodDashboard();
    change(dashboard);
    expect(lintDashboard(dashboard, contextOf(dashboard))).toEqual([]);
  });

  test('a missing value that is called so in a colour of its own', () => {
    const dashboard = goodDashboard();
    const { defaults } = panel(dashboard, 1).fieldConfig!;
    defaults.thresholds!.steps[0]!.color = 'green';
    const result = { text: 'no data', color: 'orange' };
    defaults.mappings = [{ type: 'special' as never, options: { match: 'null+nan' as never, result } }];
    expect(lintDashboard(dashboard, contextOf(dashboard))).toEqual([]);
    result.color = 'dark-green';
    expect(rulesThatSpoke(lintDashboard(dashboard, contextOf(dashboard)))).toEqual(['neutral-base']);
  });
});

function prometheusVariable(query: string) {
  return (dashboard: Dashboard): void => {
    Object.assign(variable(dashboard), { query, datasource: { uid: 'prom', type: 'prometheus' } });
  };
}

function mixedSources(dashboard: Dashboard): void {
  const { datasource, targets } = panel(dashboard, 1);
  (targets![0] as unknown as { datasource: unknown }).datasource = datasource;
  panel(dashboard, 1).datasource = { uid: '-- Mixed --', type: 'datasource' };
}
