import type { Registry } from 'prom-client';
import { gaugeOf } from './create-metric.js';

/** A pool of node-postgres, as far as it is looked at here. */
export interface WatchedPool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
  readonly options: { readonly max?: number; readonly application_name?: string };
}

/** Shows how busy pools of connections are; each is added, under its name in `pg_stat_activity`, as soon as it is there. */
export class DatabasePools {
  private readonly pools = new Map<string, WatchedPool>();

  constructor(registry: Registry) {
    gaugeOf(registry, 'funnelwatch_database_pool_used', (gauge) => {
      for (const [pool, { totalCount, idleCount }] of this.pools) gauge.set({ pool }, totalCount - idleCount);
    });
    gaugeOf(registry, 'funnelwatch_database_pool_waiting', (gauge) => {
      // Whoever is handed a free connection waits until the next turn of the event loop: that is no shortage.
      for (const [pool, { waitingCount, idleCount }] of this.pools)
        gauge.set({ pool }, Math.max(0, waitingCount - idleCount));
    });
    gaugeOf(registry, 'funnelwatch_database_pool_max', (gauge) => {
      for (const [pool, { options }] of this.pools) if (options.max !== undefined) gauge.set({ pool }, options.max);
    });
  }

  watch(pool: WatchedPool): void {
    this.pools.set(pool.options.application_name ?? 'unnamed', pool);
  }
}
