import type { FeedGuard } from '@funnelwatch/event-log';
import { counterOf, type Registry } from '@funnelwatch/observability';

const reasons: Record<FeedGuard, true> = {
  ...{ foreign: true, elided: true, undecodable: true, 'wrong digest': true, 'broken chain': true },
  ...{ duplicate: true, gap: true, late: true, stalled: true, crashed: true },
};

/**
 * Counts what feeds put right, one counter for all feeds of a program. Every reason is there from 0 on: the rise from nothing to
 * one is none for Prometheus, and the first foreign message would raise no alert.
 */
export function kafkaGuards(registry: Registry): (reason: FeedGuard) => void {
  const guards = counterOf(registry, 'funnelwatch_kafka_guard_total');
  for (const reason of Object.keys(reasons)) guards.inc({ reason }, 0);
  return (reason) => guards.inc({ reason });
}
