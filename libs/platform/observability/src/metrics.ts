import { collectDefaultMetrics, Registry } from 'prom-client';
import type { MetricsApp } from './metric-definition.js';

export type { Registry } from 'prom-client';

/** A registry with the process's own metrics (memory, event loop, garbage collection), labelled with the app's name. */
export function createMetrics(options: { app: MetricsApp }): Registry {
  const registry = new Registry();
  registry.setDefaultLabels({ app: options.app });
  collectDefaultMetrics({ register: registry });
  return registry;
}
