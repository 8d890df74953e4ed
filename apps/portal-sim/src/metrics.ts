import { createMetrics, gaugeOf, type Registry } from '@funnelwatch/observability';
import type { PortalSim } from './start-portal-sim.js';

/** What the simulator shows to Prometheus. */
export function metricsOf(portal: PortalSim): Registry {
  const registry = createMetrics({ app: 'portal-sim' });
  gaugeOf(registry, 'portal_sim_http_requests', (gauge) => gauge.set(portal.counters().httpRequests));
  gaugeOf(registry, 'portal_sim_refused_requests', (gauge) => gauge.set(portal.counters().refusedRequests));
  gaugeOf(registry, 'portal_sim_sent_bytes', (gauge) => gauge.set(portal.counters().sentBytes));
  return registry;
}
