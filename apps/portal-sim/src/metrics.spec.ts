import { expect, test } from '@jest/globals';
import { breachesOf } from '@funnelwatch/observability';
import { metricsOf } from './metrics.js';
import type { PortalSim } from './start-portal-sim.js';

test('what it serves is what was agreed', async () => {
  const counters = () => ({ httpRequests: 3, refusedRequests: 1, sentBytes: 4096 });
  const portal: PortalSim = {
    ...{ webhookUrl: '', tlsWebhookUrl: '', caPath: '', controlUrl: '' },
    counters,
    close: () => Promise.resolve(),
  };
  const scrape = await metricsOf(portal).metrics();
  expect(breachesOf('portal-sim', scrape)).toEqual([]);
  expect(scrape).toContain('portal_sim_sent_bytes{app="portal-sim"} 4096');
});
