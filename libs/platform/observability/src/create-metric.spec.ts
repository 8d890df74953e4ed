import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { breachesOf } from './contract-breaches.js';
import { counterOf, gaugeOf, histogramOf } from './create-metric.js';
import { metricName } from './metric-name.js';
import { createMetrics } from './metrics.js';

test('name, help, labels and buckets come from the contract', async () => {
  const registry = new Registry();
  counterOf(registry, 'funnelwatch_portal_requests_total').inc({ portal: 'p', outcome: 'ok' }, 2);
  histogramOf(registry, 'funnelwatch_log_append_seconds').observe(0.002);
  gaugeOf(registry, 'funnelwatch_log_bytes', (gauge) => gauge.set(7));
  const scrape = await registry.metrics();
  expect(scrape).toContain('funnelwatch_portal_requests_total{portal="p",outcome="ok"} 2');
  expect(scrape).toContain('# HELP funnelwatch_log_bytes Size of the log');
  expect(scrape).toContain('funnelwatch_log_append_seconds_bucket{le="0.0025"} 1');
  expect(scrape).toContain('funnelwatch_log_bytes 7');
});

test('other names, kinds and labels do not compile', () => {
  const registry = new Registry();
  const requests = counterOf(registry, 'funnelwatch_portal_requests_total');
  const attempts: (() => void)[] = [
    // @ts-expect-error a label too few
    () => requests.inc({ portal: 'p' }),
    // @ts-expect-error an unknown label
    () => requests.inc({ portal: 'p', outcome: 'ok', host: 'x' }),
    // @ts-expect-error no labels at all
    () => requests.inc(1),
    // @ts-expect-error labels of a metric that has none
    () => gaugeOf(new Registry(), 'funnelwatch_log_bytes').set({ portal: 'p' }, 1),
    // @ts-expect-error a name that is not in the contract
    () => counterOf(registry, 'funnelwatch_something_total'),
    // @ts-expect-error a gauge as a counter
    () => counterOf(registry, 'funnelwatch_log_holes'),
    // @ts-expect-error a histogram has no series of its own name
    () => metricName('funnelwatch_api_request_seconds'),
  ];
  expect(attempts).toHaveLength(7);
  expect(metricName('funnelwatch_api_request_seconds_count')).toBe('funnelwatch_api_request_seconds_count');
  expect(metricName('process_resident_memory_bytes')).toBe('process_resident_memory_bytes');
});

test('a counter asked for twice is one, a gauge asked for twice is a mistake', async () => {
  const registry = new Registry();
  for (const by of [1, 2]) counterOf(registry, 'funnelwatch_rule_faults_total').inc(by);
  expect(await registry.metrics()).toContain('funnelwatch_rule_faults_total 3');
  gaugeOf(registry, 'funnelwatch_log_holes');
  expect(() => gaugeOf(registry, 'funnelwatch_log_holes')).toThrow('already been registered');
});

test('a scrape is told apart from the contract', async () => {
  const registry = createMetrics({ app: 'portal-sim' });
  for (const name of ['portal_sim_http_requests', 'portal_sim_refused_requests', 'portal_sim_sent_bytes'] as const)
    gaugeOf(registry, name);
  const asAgreed = await registry.metrics();
  expect(breachesOf('portal-sim', asAgreed)).toEqual([]);

  const unknown = `${asAgreed}# HELP funnelwatch_new_total New.\n# TYPE funnelwatch_new_total counter\nfunnelwatch_new_total 1\n`;
  expect(breachesOf('portal-sim', unknown)).toEqual(['funnelwatch_new_total is not in the contract']);
  const labelled = asAgreed.replace('portal_sim_sent_bytes{', 'portal_sim_sent_bytes{host="a, b",');
  expect(breachesOf('portal-sim', labelled)).toEqual(['portal_sim_sent_bytes has the labels app,host instead of app']);
  const counted = asAgreed.replace('TYPE portal_sim_sent_bytes gauge', 'TYPE portal_sim_sent_bytes counter');
  expect(breachesOf('portal-sim', counted)).toEqual(['portal_sim_sent_bytes is a counter']);
  const reworded = asAgreed.replace('Bytes of answers.', 'Bytes.');
  expect(breachesOf('portal-sim', reworded)).toEqual(['portal_sim_sent_bytes has another help']);
  expect(breachesOf('portal-sim', asAgreed.replaceAll('portal_sim_sent_bytes', 'process_heap_bytes'))).toEqual([
    'portal_sim_sent_bytes is missing',
  ]);
  expect(breachesOf('api', asAgreed)).toContain('portal_sim_sent_bytes is not a metric of api');
});

test('what needs brokers is missed only where there are some', () => {
  expect(breachesOf('ingest', '')).not.toContain('funnelwatch_relay_lag_events is missing');
  expect(breachesOf('ingest', '', { hasBrokers: true })).toContain('funnelwatch_relay_lag_events is missing');
});
