import { inScope } from '@funnelwatch/postgres';
import type { Pool } from 'pg';

export interface ProjectedState {
  /** Position the figures include, and how many events of the bucket follow it. */
  position: number;
  eventsBehind: number;
  /** Records present, by kind. */
  counts: Record<string, number>;
}

const countsLifetimeMs = 5000;

/** How far the read models are and what they hold. Counting walks an index, so counts live for five seconds. */
export class ProjectedStates {
  private readonly counts = new Map<string, { readAtMs: number; counts: Promise<Record<string, number>> }>();

  constructor(
    private readonly pool: Pool,
    private readonly nowMs: () => number,
  ) {}

  async of(portal: { portalId: string; bucket: number }): Promise<ProjectedState> {
    const [progress, counts] = await Promise.all([this.progressOf(portal.bucket), this.countsOf(portal)]);
    return { ...progress, counts };
  }

  private async progressOf(bucket: number): Promise<{ position: number; eventsBehind: number }> {
    const { rows } = await this.pool.query<{ position: number; head: number }>(
      `SELECT coalesce((SELECT "position" FROM log.checkpoint WHERE projection = 'funnel' AND bucket = $1), 0) AS position,
              coalesce((SELECT "position" FROM log.counter WHERE bucket = $1), 0) AS head`,
      [bucket],
    );
    const { position = 0, head = 0 } = rows[0] ?? {};
    return { position, eventsBehind: Math.max(0, head - position) };
  }

  private async countsOf(portal: { portalId: string; bucket: number }): Promise<Record<string, number>> {
    const known = this.counts.get(portal.portalId);
    if (known && this.nowMs() - known.readAtMs < countsLifetimeMs) return known.counts;
    // Kept for whoever asks next.
    const counts = inScope([portal.portalId], () => this.count(portal));
    this.counts.set(portal.portalId, { readAtMs: this.nowMs(), counts });
    counts.catch(() => this.counts.delete(portal.portalId));
    return counts;
  }

  private async count({ portalId, bucket }: { portalId: string; bucket: number }): Promise<Record<string, number>> {
    const { rows } = await this.pool.query<{ kind: string; count: number }>(
      `SELECT kind, count(*) AS count FROM read.record
        WHERE bucket = $1 AND portal_id = $2 AND state = 'present' GROUP BY kind ORDER BY kind`,
      [bucket, portalId],
    );
    return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
  }
}
