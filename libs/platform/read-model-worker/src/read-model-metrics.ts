import {
  listRebuilds,
  type ProjectionLag,
  type ProjectionProgress,
  type QuarantineSummary,
  readProjectionLag,
  type RebuildView,
  summariseQuarantine,
} from '@funnelwatch/event-log';
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

/** What operations see of read models (projections); lag, quarantine and rebuilds are read from the database for a scrape. */
export class ReadModelMetrics {
  private readonly applied: CounterOf<'funnelwatch_projection_events_total'>;
  private readonly batches: HistogramOf<'funnelwatch_projection_batch_seconds'>;

  constructor(
    private readonly registry: Registry,
    private readonly pool: Pool,
    private readonly projections: readonly string[],
    private readonly logger: Pick<Logger, 'warn'>,
  ) {
    this.showLag();
    this.showQuarantine();
    this.showRebuilds();
    this.applied = counterOf(registry, 'funnelwatch_projection_events_total');
    this.batches = histogramOf(registry, 'funnelwatch_projection_batch_seconds');
  }

  onProgress(projection: string, { bucket, events, seconds }: ProjectionProgress): void {
    this.applied.inc({ projection, bucket: String(bucket) }, events);
    this.batches.observe({ projection }, seconds);
  }

  private showLag(): void {
    const { registry, pool, projections, logger } = this;
    const events = gaugeOf(registry, 'funnelwatch_projection_lag_events');
    const seconds = gaugeOf(registry, 'funnelwatch_projection_lag_seconds');
    const stopped = gaugeOf(registry, 'funnelwatch_projection_stopped');
    fillOnScrape<ProjectionLag[]>(registry, {
      reading: 'lag',
      gauges: [events, seconds, stopped],
      logger,
      read: () => readProjectionLag(pool),
      fill: (lags) => {
        for (const lag of lags) {
          if (!projections.includes(lag.projection)) continue;
          const labels = { projection: lag.projection, bucket: String(lag.bucket) };
          events.set(labels, lag.events);
          seconds.set(labels, lag.seconds);
          stopped.set(labels, lag.status === 'stopped' ? 1 : 0);
        }
      },
    });
  }

  private showQuarantine(): void {
    const { registry, pool, projections, logger } = this;
    const events = gaugeOf(registry, 'funnelwatch_quarantine_events');
    const oldest = gaugeOf(registry, 'funnelwatch_quarantine_oldest_seconds');
    fillOnScrape<[string, QuarantineSummary][]>(registry, {
      reading: 'quarantine',
      gauges: [events, oldest],
      logger,
      read: () =>
        Promise.all(projections.map(async (projection) => [projection, await summariseQuarantine(pool, projection)])),
      fill: (summaries) => {
        for (const [projection, summary] of summaries) {
          events.set({ projection }, summary.events);
          oldest.set({ projection }, summary.oldestSeconds);
        }
      },
    });
  }

  /** Of generations that are being built. */
  private showRebuilds(): void {
    const { registry, pool, projections, logger } = this;
    const done = gaugeOf(registry, 'funnelwatch_rebuild_done_events');
    const total = gaugeOf(registry, 'funnelwatch_rebuild_total_events');
    fillOnScrape<RebuildView[]>(registry, {
      reading: 'rebuild',
      gauges: [done, total],
      logger,
      read: () => listRebuilds(pool),
      fill: (generations) => {
        for (const { projection, state, ...progress } of generations) {
          if (state !== 'building' || !projections.includes(projection)) continue;
          done.set({ projection }, progress.done);
          total.set({ projection }, progress.total);
        }
      },
    });
  }
}
