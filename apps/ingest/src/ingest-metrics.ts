import type { Exchange } from '@funnelwatch/bitrix24';
import {
  type CounterOf,
  counterOf,
  fillOnScrape,
  gaugeOf,
  type HistogramOf,
  histogramOf,
  type Logger,
  type Registry,
} from '@funnelwatch/observability';
import type { Pool } from 'pg';
import { type CapturedPortal, readCapturedPortals } from './captured-portals.js';

/** What operations see of capture. */
export class IngestMetrics {
  private readonly requests: CounterOf<'funnelwatch_portal_requests_total'>;
  private readonly durations: HistogramOf<'funnelwatch_portal_request_seconds'>;

  constructor(registry: Registry, pool: Pool, logger: Logger) {
    this.requests = counterOf(registry, 'funnelwatch_portal_requests_total');
    this.durations = histogramOf(registry, 'funnelwatch_portal_request_seconds');
    showCapture(registry, pool, logger);
    showSizeOfLog(registry, pool, logger);
  }

  onExchange(portalId: string, exchange: Exchange): void {
    this.requests.inc({ portal: portalId, outcome: exchange.outcome });
    this.durations.observe({ portal: portalId }, exchange.durationMs / 1000);
  }
}

/** Every ingest shows all portals, whoever captures them. What is not known of a portal is left out. */
function showCapture(registry: Registry, pool: Pool, logger: Logger): void {
  const gauges = {
    pollAge: gaugeOf(registry, 'funnelwatch_capture_poll_age_seconds'),
    lag: gaugeOf(registry, 'funnelwatch_capture_lag_seconds'),
    certificateAge: gaugeOf(registry, 'funnelwatch_capture_certificate_age_seconds'),
    unexplained: gaugeOf(registry, 'funnelwatch_capture_unexplained'),
    level: gaugeOf(registry, 'funnelwatch_portal_budget_level'),
    capacity: gaugeOf(registry, 'funnelwatch_portal_budget_capacity'),
    operating: gaugeOf(registry, 'funnelwatch_portal_operating_seconds'),
  };
  const waiting = gaugeOf(registry, 'funnelwatch_portal_budget_waiting');
  fillOnScrape<CapturedPortal[]>(registry, {
    reading: 'capture',
    gauges: [...Object.values(gauges), waiting],
    logger,
    read: () => readCapturedPortals(pool),
    fill: (portals) => {
      for (const { portal, figures, waitingByPriority } of portals) {
        for (const name of Object.keys(gauges) as (keyof typeof gauges)[]) {
          const value = figures[name];
          if (value !== null) gauges[name].set({ portal }, value);
        }
        for (const [priority, requests] of waitingByPriority) waiting.set({ portal, priority }, requests);
      }
    },
  });
}

function showSizeOfLog(registry: Registry, pool: Pool, logger: Logger): void {
  const size = gaugeOf(registry, 'funnelwatch_log_bytes');
  fillOnScrape<number>(registry, {
    reading: 'log-size',
    gauges: [size],
    logger,
    read: async () => {
      const { rows } = await pool.query<{ bytes: number }>(`SELECT pg_total_relation_size('log.event') AS bytes`);
      return rows[0]?.bytes ?? Number.NaN;
    },
    fill: (bytes) => size.set(bytes),
  });
}
