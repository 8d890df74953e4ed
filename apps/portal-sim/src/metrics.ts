import { createMetrics, Gauge, type Registry } from '@funnelwatch/observability';
import type { PortalSim } from './start-portal-sim.js';

/** What the simulator shows to Prometheus. */
export function metricsOf(portal: PortalSim): Registry {
  const registry = createMetrics({ app: 'portal-sim' });
  const figures = [
    ['portal_sim_http_requests', 'REST requests answered since the start or the last reset', 'httpRequests'],
    ['portal_sim_refused_requests', 'Requests refused by the limit', 'refusedRequests'],
    ['portal_sim_sent_bytes', 'Bytes of answers', 'sentBytes'],
  ] as const;
  for (const [name, help, figure] of figures) {
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(portal.counters()[figure]);
      },
    });
  }
  return registry;
}
