import { readProjectionLag, summariseQuarantine } from '@funnelwatch/event-log';
import type { Pool } from 'pg';

/**
 * What `/health/ready` tells of read models. What one bucket cannot do is said, and alerted on by its metric; starting anew
 * would not help the others, so it is ready all the same.
 */
export async function readinessOf(pool: Pool, ...readModels: readonly string[]) {
  const lags = (await Promise.all(readModels.map((name) => readProjectionLag(pool, name)))).flat();
  const stopped = [...new Set(lags.filter((lag) => lag.status === 'stopped').map((lag) => lag.bucket))];
  const quarantines = await Promise.all(readModels.map((name) => summariseQuarantine(pool, name)));
  const quarantinedEvents = quarantines.reduce((sum, { events }) => sum + events, 0);
  const lagEvents = lags.reduce((sum, lag) => sum + lag.events, 0);
  return { ready: true, checks: { stoppedBuckets: stopped.join(','), lagEvents, quarantinedEvents } };
}
