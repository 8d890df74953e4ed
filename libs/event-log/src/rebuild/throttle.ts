import type { Pool } from 'pg';
import { wait } from '../project/or-aborted.js';
import type { Feed } from '../port.js';
import type { Generation } from './generations.js';

/** Longest single pause: leases must be renewed and an end be noticed meanwhile. */
const LONGEST_PAUSE_MS = 1_000;

/**
 * A feed that hands out no more than a generation's most events a second, over all workers together: what they have
 * applied since the build was asked for may not be more than the time allows.
 */
export function throttled(
  feed: Feed,
  { pool, slot, generation }: { pool: Pool; slot: string; generation: Generation },
): Feed {
  const { eventsPerSecond, state, projection } = generation;
  if (eventsPerSecond === null || state !== 'building') return feed;
  return {
    assignments: (group, signal) => feed.assignments(group, signal),
    heads: (buckets) => feed.heads(buckets),
    wake: (timeoutMs) => feed.wake(timeoutMs),
    release: (group) => feed.release(group),
    fetch: async (bucket, after, limit) => {
      const { rows } = await pool.query<{ ahead: number }>({
        name: 'rebuild.throttle',
        text: `SELECT (coalesce((SELECT sum("position") FROM log.checkpoint WHERE projection = $1), 0)
                       - $4::float8 * extract(epoch FROM clock_timestamp() - requested_at))::float8 AS ahead
                 FROM log.projection_version WHERE projection = $2 AND generation = $3`,
        values: [slot, projection, generation.generation, eventsPerSecond],
      });
      const ahead = rows[0]?.ahead ?? 0;
      if (ahead > 0) await wait(Math.min((ahead / eventsPerSecond) * 1_000, LONGEST_PAUSE_MS));
      return ahead / eventsPerSecond > 1 ? [] : feed.fetch(bucket, after, limit);
    },
  };
}
