import type { ProjectionProgress } from '@funnelwatch/event-log';
import { Counter, Gauge, type Registry } from '@funnelwatch/observability';
import type { Pool } from 'pg';
import { readProjectionLag } from './projection-lag.js';

/** What operations see of a projection; the lag is read from the database when it is asked for. */
export class ProjectorMetrics {
  private readonly applied: Counter;

  constructor(
    registry: Registry,
    pool: Pool,
    private readonly projection: string,
  ) {
    const labelNames = ['projection', 'bucket'] as const;
    const events = new Gauge({
      name: 'funnelwatch_projection_lag_events',
      help: 'Events appended to the bucket and not yet applied.',
      labelNames,
      registers: [registry],
    });
    const seconds = new Gauge({
      name: 'funnelwatch_projection_lag_seconds',
      help: 'Age of the oldest event that is not yet applied.',
      labelNames,
      registers: [registry],
    });
    const stopped = new Gauge({
      name: 'funnelwatch_projection_stopped',
      help: '1 when the bucket waits at an event that cannot be applied.',
      labelNames,
      registers: [registry],
    });
    // One reading fills all three: the registry collects them in the order of their registration.
    const collect = async () => {
      for (const lag of await readProjectionLag(pool, projection)) {
        const labels = { projection, bucket: String(lag.bucket) };
        events.set(labels, lag.events);
        seconds.set(labels, lag.seconds);
        stopped.set(labels, lag.isStopped ? 1 : 0);
      }
    };
    Object.assign(events, { collect });
    this.applied = new Counter({
      name: 'funnelwatch_projection_events_total',
      help: 'Events applied by this process.',
      labelNames,
      registers: [registry],
    });
  }

  onProgress({ bucket, events }: ProjectionProgress): void {
    this.applied.inc({ projection: this.projection, bucket: String(bucket) }, events);
  }
}
