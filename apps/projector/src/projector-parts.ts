import type { Feed } from '@funnelwatch/event-log';
import type { FunnelProjection } from '@funnelwatch/funnel';
import type { Logger } from '@funnelwatch/observability';
import type { Pool } from 'pg';
import type { ProjectorMetrics } from './projector-metrics.js';

/** What main.ts puts together. */
export interface ProjectorParts {
  projection: FunnelProjection;
  feed: Feed;
  pool: Pool;
  logger: Logger;
  metrics: ProjectorMetrics;
  batchSize: number;
}

export const projectorParts = Symbol('ProjectorParts');
