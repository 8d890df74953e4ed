import { countHoles } from '@funnelwatch/event-log';
import type { Logger } from '@funnelwatch/observability';
import { inScope } from '@funnelwatch/postgres';
import type { Pool } from 'pg';

const shortestLifetimeMs = 30_000;
/** A long log takes long to count: never more than this part of the time is spent on it. */
const largestShare = 1 / 20;

export interface HolesSeen {
  /** Positions that were given out and are not in the log; null until they were counted once. */
  count: number | null;
  countedAt: Date | null;
}

/**
 * Counts holes of the log at most twice a minute and never while somebody waits: counting walks an index from the last
 * verified position on.
 */
export class HoleWatch {
  private seen: HolesSeen = { count: null, countedAt: null };
  private isCounting = false;
  private lifetimeMs = shortestLifetimeMs;
  private failed: () => void = () => undefined;

  constructor(
    private readonly pool: Pool,
    private readonly logger: Logger,
    private readonly nowMs: () => number,
  ) {}

  /** What is known now; an old count is begun anew behind the answer. */
  current(): HolesSeen {
    const ageMs = this.seen.countedAt === null ? Infinity : this.nowMs() - this.seen.countedAt.getTime();
    if (ageMs >= this.lifetimeMs && !this.isCounting) void this.count();
    return this.seen;
  }

  /** Has `listener` called whenever counting fails; the last one named. */
  onFailure(listener: () => void): void {
    this.failed = listener;
  }

  private async count(): Promise<void> {
    this.isCounting = true;
    const startedAtMs = this.nowMs();
    try {
      // Of no request, and of no portal.
      const holes = await inScope([], () => countHoles(this.pool));
      const count = [...holes.values()].reduce((sum, each) => sum + each, 0);
      this.seen = { count, countedAt: new Date(this.nowMs()) };
      this.lifetimeMs = Math.max(shortestLifetimeMs, (this.nowMs() - startedAtMs) / largestShare);
    } catch (error) {
      this.failed();
      this.logger.warn({ reason: (error as Error).message }, 'holes of the log cannot be counted');
    } finally {
      this.isCounting = false;
    }
  }
}
