import { expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { appendMetrics } from './append-metrics.js';
import { DatabasePools } from './database-pools.js';

test('pools tell what is at work, who waits while none is free, and what they may open', async () => {
  const registry = new Registry();
  const pools = new DatabasePools(registry);
  pools.watch({ totalCount: 10, idleCount: 0, waitingCount: 4, options: { max: 10, application_name: 'main' } });
  // Somebody is about to be handed a free one.
  pools.watch({ totalCount: 3, idleCount: 2, waitingCount: 1, options: { max: 3, application_name: 'keys' } });
  const scrape = await registry.metrics();
  for (const [metric, main, keys] of [
    ['used', 10, 1],
    ['waiting', 4, 0],
    ['max', 10, 3],
  ] as const) {
    expect(scrape).toContain(`funnelwatch_database_pool_${metric}{pool="main"} ${main}`);
    expect(scrape).toContain(`funnelwatch_database_pool_${metric}{pool="keys"} ${keys}`);
  }
});

test('appends are counted by outcome, from 0 on, and new events by themselves', async () => {
  const registry = new Registry();
  const observe = appendMetrics(registry);
  expect(await registry.metrics()).toContain('funnelwatch_log_appends_total{outcome="conflict"} 0');
  observe({ outcome: 'appended', events: 3, seconds: 0.004 });
  observe({ outcome: 'conflict', events: 0, seconds: 0.004 });
  const scrape = await registry.metrics();
  expect(scrape).toContain('funnelwatch_log_appends_total{outcome="appended"} 1');
  expect(scrape).toContain('funnelwatch_log_appends_total{outcome="conflict"} 1');
  expect(scrape).toContain('funnelwatch_log_events_appended_total 3');
  expect(scrape).toContain('funnelwatch_log_append_seconds_bucket{le="0.005"} 2');
});
