import { expect, test } from '@jest/globals';
import { definitionOf, metricContract, type MetricName } from './metric-contract.js';
import { seriesNames } from './metric-name.js';
import { createMetrics } from './metrics.js';
import { processMetrics } from './process-metrics.js';

const names = Object.keys(metricContract) as MetricName[];

test('names end with what they count in', () => {
  const wrong = names.filter((name) => {
    const { kind, unit } = definitionOf(name);
    if ((kind === 'counter') !== name.endsWith('_total')) return true;
    return (unit === 'seconds') !== name.endsWith('_seconds') || (unit === 'bytes') !== name.endsWith('_bytes');
  });
  expect(wrong).toEqual([]);
});

test('helps are sentences of one line, labels are plain and never the one the registry adds', () => {
  for (const name of names) {
    const { help, labels, apps, kind, buckets } = definitionOf(name);
    expect([name, help]).toEqual([name, expect.stringMatching(/^[A-Z0-9][^\n]+\.$/)]);
    expect([name, labels.filter((label) => label === 'app' || label === 'le' || !/^[a-z]+$/.test(label))]).toEqual([
      name,
      [],
    ]);
    expect([name, new Set(labels).size]).toEqual([name, labels.length]);
    expect([name, apps.length > 0]).toEqual([name, true]);
    const isRising = (bounds: readonly number[]) => bounds.every((bound, index) => bound > (bounds[index - 1] ?? 0));
    expect([name, kind === 'histogram' ? isRising(buckets ?? []) && buckets !== undefined : !buckets]).toEqual([
      name,
      true,
    ]);
  }
});

test('no label could tell who somebody is or grow without bound', () => {
  const labels = new Set(names.flatMap((name) => definitionOf(name).labels));
  const bounded = [
    'bucket',
    'channel',
    'method',
    'outcome',
    'pool',
    'portal',
    'priority',
    'projection',
    'reading',
    'reason',
    'route',
    'state',
    'status',
  ];
  expect([...labels].sort()).toEqual(bounded);
});

test('what a process tells of itself is known by name', async () => {
  const served = (await createMetrics({ app: 'api' }).getMetricsAsJSON()).map(({ name }) => name);
  expect(served.filter((name) => !(processMetrics as readonly string[]).includes(name))).toEqual([]);
  expect(served.length).toBeGreaterThan(15);
});

test('a histogram is named by its series', () => {
  expect(seriesNames()).toEqual(
    expect.arrayContaining(['funnelwatch_api_request_seconds_count', 'funnelwatch_log_holes']),
  );
  expect(seriesNames()).not.toContain('funnelwatch_api_request_seconds');
});
