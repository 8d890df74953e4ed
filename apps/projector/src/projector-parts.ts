import type { Feed, ReadModel, WakeUpListener } from '@funnelwatch/event-log';
import type { Logger } from '@funnelwatch/observability';
import type { ReadModelMetrics } from '@funnelwatch/read-model-worker';
import type { Pool } from 'pg';

/** What main.ts puts together. */
export interface ProjectorParts {
  /** Each with what feeds it while it serves. */
  models: readonly { model: ReadModel; feed: Feed }[];
  /** Wakes the feeds of the generations beside it. */
  listener: WakeUpListener;
  /** Name of this worker, unlike any other's. */
  holder: string;
  pool: Pool;
  logger: Logger;
  metrics: ReadModelMetrics;
  batchSize: number;
}

export const projectorParts = Symbol('ProjectorParts');
