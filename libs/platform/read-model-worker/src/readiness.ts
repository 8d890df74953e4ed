import { readProjectionLag, summariseQuarantine } from '@funnelwatch/event-log';
import type { Pool } from 'pg';

/**
 * What `/health/ready` tells of a read model. What one bucket cannot do is said, and alerted on by its metric; starting anew
 * would not help the others, so it is ready all the same.
 */
export async function readinessOf(pool: Pool, readModel: string) {
  const lags = await readProjectionLag(pool, readModel);
  const stopped = lags.filter((lag) => lag.status === 'stopped').map((lag) => lag.bucket);
  const { events: quarantinedEvents } = await summariseQuarantine(pool, readModel);
  const lagEvents = lags.reduce((sum, lag) => sum + lag.events, 0);
  return { ready: true, checks: { stoppedBuckets: stopped.join(','), lagEvents, quarantinedEvents } };
}
