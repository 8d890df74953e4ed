import { expect, test } from '@jest/globals';
import { createLogger, createMetrics } from '@funnelwatch/observability';
import type { Pool } from 'pg';
import { exportHoles } from './hole-metric.js';
import { HoleWatch } from './hole-watch.js';

test('holes that cannot be counted are no number, and count as an error of the scrape', async () => {
  const pool = { query: () => Promise.reject(new Error('the database is away')) } as unknown as Pool;
  const registry = createMetrics({ app: 'api' });
  const logger = createLogger({ app: 'api', destination: { write: () => undefined } });
  exportHoles(registry, new HoleWatch(pool, logger, () => 0));
  expect(await registry.metrics()).toMatch(/^funnelwatch_log_holes\{app="api"\} Nan$/im);
  // Counted behind the first answer.
  await new Promise((resolve) => setImmediate(resolve));
  expect(await registry.metrics()).toMatch(/^funnelwatch_scrape_errors_total\{reading="holes",app="api"\} [1-9]$/m);
});
