import type { EventLog, Feed, WakeUpListener } from '@funnelwatch/event-log';
import type { Logger } from '@funnelwatch/observability';
import type { PortalRegistry } from '@funnelwatch/portals';
import type { Pool } from 'pg';
import type { CuratorMetrics } from './curator-metrics.js';

/** What main.ts puts together. */
export interface CuratorParts {
  /** Feeds the facts that rules ask about, and the queue. */
  feed: Feed;
  listener: WakeUpListener;
  /** Name of this worker, unlike any other's. */
  holder: string;
  pool: Pool;
  log: EventLog;
  registry: PortalRegistry;
  logger: Logger;
  metrics: CuratorMetrics;
  batchSize: number;
  chunkSize: number;
  latenessMs: number;
  /** Key of every draw. */
  drawKey: Buffer;
}

export const curatorParts = Symbol('CuratorParts');
