import type { Exchange } from '@funnelwatch/bitrix24';
import { Counter, Gauge, Histogram, type Registry } from '@funnelwatch/observability';
import type { Pool } from 'pg';

/** What operations see of capture. */
export class IngestMetrics {
  private readonly requests: Counter;
  private readonly durations: Histogram;

  constructor(registry: Registry, pool: Pool) {
    this.requests = new Counter({
      name: 'funnelwatch_portal_requests_total',
      help: 'Requests sent to a portal, by outcome.',
      labelNames: ['portal', 'outcome'],
      registers: [registry],
    });
    this.durations = new Histogram({
      name: 'funnelwatch_portal_request_seconds',
      help: 'Time a portal took to answer.',
      labelNames: ['portal'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60],
      registers: [registry],
    });
    const pollAge = new Gauge({
      name: 'funnelwatch_capture_poll_age_seconds',
      help: 'Time since the last successful poll of a portal.',
      labelNames: ['portal'],
      registers: [registry],
    });
    const certificateAge = new Gauge({
      name: 'funnelwatch_capture_certificate_age_seconds',
      help: 'Time since the last certificate of completeness of a portal.',
      labelNames: ['portal'],
      registers: [registry],
    });
    // One reading fills both: the registry collects them in the order of their registration.
    const collect = async (): Promise<void> => {
      const { rows } = await pool.query<{ portal: string; poll: number | null; certificate: number | null }>(
        `SELECT portal_id::text AS portal,
                extract(epoch FROM clock_timestamp() - last_tick_at)::float8 AS poll,
                (SELECT extract(epoch FROM clock_timestamp() - max(certified_at))::float8
                   FROM capture.certificate WHERE certificate.portal_id = status.portal_id) AS certificate
           FROM capture.status`,
      );
      for (const { portal, poll, certificate } of rows) {
        if (poll !== null) pollAge.set({ portal }, poll);
        if (certificate !== null) certificateAge.set({ portal }, certificate);
      }
    };
    Object.assign(pollAge, { collect });
  }

  onExchange(portalId: string, exchange: Exchange): void {
    this.requests.inc({ portal: portalId, outcome: exchange.outcome });
    this.durations.observe({ portal: portalId }, exchange.durationMs / 1000);
  }
}
