import { type ProjectionProgress, readProjectionLag, summariseQuarantine } from '@funnelwatch/event-log';
import { Counter, Gauge, type Registry } from '@funnelwatch/observability';
import type { Pool } from 'pg';

/** What operations see of read models (projections); lag and quarantine are read from the database when they are asked for. */
export class ReadModelMetrics {
  private readonly applied: Counter;

  constructor(
    registry: Registry,
    private readonly pool: Pool,
    private readonly projections: readonly string[],
  ) {
    const gauge = (name: string, help: string, labelNames: string[]) =>
      new Gauge({ name, help, labelNames, registers: [registry] });
    const bucketLabels = ['projection', 'bucket'];
    const events = gauge(
      'funnelwatch_projection_lag_events',
      'Events appended to the bucket and not yet applied.',
      bucketLabels,
    );
    const seconds = gauge(
      'funnelwatch_projection_lag_seconds',
      'Age of the oldest event that is not yet applied.',
      bucketLabels,
    );
    const stopped = gauge('funnelwatch_projection_stopped', '1 when the bucket cannot go on.', bucketLabels);
    const quarantined = gauge('funnelwatch_quarantine_events', 'Events set aside and those that wait behind them.', [
      'projection',
    ]);
    const oldest = gauge('funnelwatch_quarantine_oldest_seconds', 'Age of the event that was set aside first.', [
      'projection',
    ]);
    // One reading fills several. The registry asks all at once, and each must wait for the reading to end.
    const lag = shared(() => this.collectLag({ events, seconds, stopped }));
    const quarantine = shared(() => this.collectQuarantine(quarantined, oldest));
    for (const read of [events, seconds, stopped]) Object.assign(read, { collect: lag });
    for (const read of [quarantined, oldest]) Object.assign(read, { collect: quarantine });
    this.applied = new Counter({
      name: 'funnelwatch_projection_events_total',
      help: 'Events applied by this process.',
      labelNames: bucketLabels,
      registers: [registry],
    });
  }

  private async collectLag(gauges: Record<'events' | 'seconds' | 'stopped', Gauge>): Promise<void> {
    for (const projection of this.projections) {
      for (const lag of await readProjectionLag(this.pool, projection)) {
        const labels = { projection, bucket: String(lag.bucket) };
        gauges.events.set(labels, lag.events);
        gauges.seconds.set(labels, lag.seconds);
        gauges.stopped.set(labels, lag.status === 'stopped' ? 1 : 0);
      }
    }
  }

  private async collectQuarantine(events: Gauge, oldest: Gauge): Promise<void> {
    for (const projection of this.projections) {
      const summary = await summariseQuarantine(this.pool, projection);
      events.set({ projection }, summary.events);
      oldest.set({ projection }, summary.oldestSeconds);
    }
  }

  onProgress(projection: string, { bucket, events }: ProjectionProgress): void {
    this.applied.inc({ projection, bucket: String(bucket) }, events);
  }
}

/** Calls that come while one is under way share its outcome. */
function shared(read: () => Promise<void>): () => Promise<void> {
  let underWay: Promise<void> | null = null;
  return () => {
    underWay ??= read().finally(() => (underWay = null));
    return underWay;
  };
}
