import { type Finding, lintDashboard } from '@funnelwatch/dashboards';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { describe, expect, test } from '@jest/globals';
import { hasRunbook, lintContextOf } from './lint-context.js';

const metrics = { fw_cases_total: 'counter', fw_lag_seconds: 'gauge', fw_wait_seconds: 'histogram' } as const;

function findingsOf(expr: string): Finding[] {
  const dashboard = {
    uid: 'promql',
    schemaVersion: 41,
    templating: { list: [{ type: 'constant', name: 'portal', query: 'x' }] },
    annotations: {},
    panels: [
      {
        id: 1,
        type: 'timeseries',
        title: 'Series',
        datasource: { uid: 'prom', type: 'prometheus' },
        targets: [{ refId: 'A', expr }],
      },
    ],
  } as unknown as Dashboard;
  const context = lintContextOf([dashboard], { views: {}, metrics, timezone: 'browser' });
  return lintDashboard(dashboard, context).filter(
    ({ rule }) => rule.startsWith('promql') || rule === 'variable-is-known',
  );
}

describe('by the grammar of Prometheus itself', () => {
  test.each([
    'sum by (portal) (rate(fw_cases_total[$__rate_interval]))',
    'increase(fw_cases_total{portal=~"${portal:regex}"}[$__range])',
    'max by (bucket) (fw_lag_seconds{portal="$portal"}) > 60',
    'histogram_quantile(0.9, sum by (le) (rate(fw_wait_seconds_bucket[5m])))',
    'absent(fw_cases_total) or vector(0)',
  ])('%s passes', (expression) => {
    expect(findingsOf(expression)).toEqual([]);
  });

  test.each([
    ['sum by (portal (rate(fw_cases_total[5m]))', 'promql-parses'],
    ['vector(1)', 'promql-parses'],
    ['rate(fw_case_total[5m])', 'promql-known-metrics'],
    ['{portal="x"}', 'promql-known-metrics'],
    ['sum(fw_cases_total)', 'promql-counters'],
    ['fw_wait_seconds_sum', 'promql-counters'],
    ['rate(fw_lag_seconds[5m])', 'promql-counters'],
    ['rate(fw_cases_total{seller="$seller"}[5m])', 'variable-is-known'],
  ])('%s is faulted by %s', (expression, rule) => {
    expect([...new Set(findingsOf(expression).map((finding) => finding.rule))]).toEqual([rule]);
  });
});

describe('the handbook', () => {
  test('has what alerts of Prometheus lead to', () => {
    expect(hasRunbook('docs/runbooks/certificate-old.md')).toBe(true);
  });

  test.each([
    'docs/runbooks/nothing-of-the-kind.md',
    'docs/operations.md',
    'docs/certificate-old.md',
    'https://example.test/docs/runbooks/certificate-old.md',
    'docs/runbooks/../../package.json',
    '',
  ])('has nothing at "%s"', (url) => {
    expect(hasRunbook(url)).toBe(false);
  });
});
