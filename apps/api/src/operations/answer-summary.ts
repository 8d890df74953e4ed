import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import { readProjectionLag, readWorkers } from '@funnelwatch/event-log';
import type { Clock } from '@funnelwatch/kernel';
import pg from 'pg';
import { wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { HoleWatch } from './hole-watch.js';
import { SummariseOperationsQuery } from './operations.dispatch.js';
import type { OperationsSummary } from './summary.schemas.js';

/** The relay's checkpoints stand beside those of the projections. */
const relayName = 'relay';

@QueryHandler(SummariseOperationsQuery)
export class AnswerSummary implements IQueryHandler<SummariseOperationsQuery> {
  constructor(
    private readonly pool: pg.Pool,
    private readonly directory: PortalDirectory,
    private readonly holes: HoleWatch,
    @Inject(wallClock) private readonly clock: Clock,
  ) {}

  async execute(): Promise<OperationsSummary> {
    const [lag, workers, quarantine, portals] = await Promise.all([
      readProjectionLag(this.pool),
      readWorkers(this.pool),
      readQuarantineCounts(this.pool),
      this.directory.list(),
    ]);
    const holes = this.holes.current();
    return {
      at: this.clock.now().toISOString(),
      lag: lag
        .filter(({ projection }) => projection !== relayName)
        .map((each) => ({
          ...each,
          worker:
            workers.find(({ group, buckets }) => group === each.projection && buckets.includes(each.bucket))?.name ??
            null,
          portals: portals.filter(({ bucket, status }) => bucket === each.bucket && status !== 'removed').length,
        })),
      relay: lag
        .filter(({ projection }) => projection === relayName)
        .map(({ bucket, head, position, events, seconds }) => ({ bucket, head, position, events, seconds })),
      workers,
      holes: { count: holes.count, countedAt: holes.countedAt?.toISOString() ?? null },
      quarantine,
    };
  }
}

async function readQuarantineCounts(pool: pg.Pool): Promise<OperationsSummary['quarantine']> {
  const { rows } = await pool.query<OperationsSummary['quarantine']>({
    name: 'api.quarantine_counts',
    text: `SELECT count(*) FILTER (WHERE status = 'poison') AS poison, count(*) FILTER (WHERE status = 'queued') AS queued,
                  max(age_seconds) AS "oldestSeconds"
             FROM read.ops_quarantine`,
  });
  return rows[0] ?? { poison: 0, queued: 0, oldestSeconds: null };
}
