import type { Registry } from 'prom-client';
import { counterOf, histogramOf } from './create-metric.js';

const outcomes = ['appended', 'replayed', 'conflict', 'failed'] as const;

/** What became of an append, as the log tells its observer. */
export interface ObservedAppend {
  outcome: (typeof outcomes)[number];
  /** New events. */
  events: number;
  seconds: number;
}

/** Counts what a process appends to the log; what it returns is the log's observer. */
export function appendMetrics(registry: Registry): (append: ObservedAppend) => void {
  const appends = counterOf(registry, 'funnelwatch_log_appends_total');
  const appended = counterOf(registry, 'funnelwatch_log_events_appended_total');
  const durations = histogramOf(registry, 'funnelwatch_log_append_seconds');
  for (const outcome of outcomes) appends.inc({ outcome }, 0);
  return ({ outcome, events, seconds }) => {
    appends.inc({ outcome });
    if (events > 0) appended.inc(events);
    durations.observe(seconds);
  };
}
