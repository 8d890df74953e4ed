import { gaugeOf, type Registry, scrapeErrorCount } from '@funnelwatch/observability';
import type { HoleWatch } from './hole-watch.js';

/** Exports the count of the watch; a scrape begins a new count when the last one is old, and does not wait for it. */
export function exportHoles(registry: Registry, watch: HoleWatch): void {
  watch.onFailure(scrapeErrorCount(registry, 'holes'));
  // NaN, not 0, while nothing was counted yet.
  gaugeOf(registry, 'funnelwatch_log_holes', (gauge) => gauge.set(watch.current().count ?? Number.NaN));
}
