import { Gauge, type Registry } from '@funnelwatch/observability';
import type { HoleWatch } from './hole-watch.js';

/** Exports the count of the watch; a scrape begins a new count when the last one is old, and does not wait for it. */
export function exportHoles(registry: Registry, watch: HoleWatch): void {
  const holes: Gauge = new Gauge({
    name: 'funnelwatch_log_holes',
    help: 'Positions that were given out and are not in the log; anything but 0 is damage.',
    registers: [registry],
    // NaN, not 0, while nothing was counted yet.
    collect: () => {
      holes.set(watch.current().count ?? Number.NaN);
    },
  });
}
