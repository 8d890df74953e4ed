import type { StoredEvent } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import type { EventLog, Feed } from '../port.js';
import { headOf } from '../read/head-of.js';
import { readBucket } from '../read/read-bucket.js';
import type { AwaitHook } from './await-points.js';

export interface ProjectionBatch {
  bucket: number;
  /** The epoch under which this worker holds the bucket. */
  epoch: number;
  /** In position order, never none. Consecutive but for what the projection has set aside. */
  events: StoredEvent[];
}

export interface ProjectionProgress {
  bucket: number;
  /** Position up to which the read model is committed. */
  position: number;
  /** Position of the last event of the bucket, as last seen. */
  head: number;
  /** How many events this batch had, those set aside included. */
  events: number;
  /** From the beginning of its transaction until it was committed. */
  seconds: number;
}

export interface ProjectionLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ProjectionOptions {
  /** Name of the read model and its version; its checkpoints stand under it. */
  name: string;
  /** Workers of one group share its buckets; the projection's name unless told. One group per projection. */
  group?: string;
  feed: Feed;
  /** Where the read model lives, the checkpoints with it. */
  pool: Pool;
  /** Where events that were set aside are read again; the log in `pool` unless told. */
  log?: History;
  /** What the program can read; without one, events are applied as they are stored. */
  catalogue?: EventCatalogue;
  logger: ProjectionLogger;
  /** Most events in one transaction; 500 unless told. */
  batchSize?: number;
  /**
   * Folds the events into the read model through `client`, inside the transaction that moves the checkpoint. When it
   * throws, nothing of the batch stays, and it is called again: later when the error says nothing about the events,
   * otherwise with fewer of them, until the one that fails is known and set aside.
   */
  apply(client: PoolClient, batch: ProjectionBatch): Promise<void>;
  /** Ends the work: the batch under way is finished, the buckets are given back. */
  signal: AbortSignal;
  onProgress?(progress: ProjectionProgress): void;
  /** How often leases are renewed, a third of their duration at most; 3 s unless told. */
  renewEveryMs?: number;
  /** Longest sleep when there is nothing to do; 1 s unless told. */
  longestIdleMs?: number;
  /** How often it is looked whether somebody asked for a retry of what was set aside; 1 s unless told. */
  lookForRetriesEveryMs?: number;
  /** Longest rest of a bucket that fails again and again; 10 s unless told. */
  longestRestMs?: number;
  hooks?: AwaitHook;
}

export type History = Pick<EventLog, 'readBucket' | 'head'>;

export function historyOf({ log, pool }: ProjectionOptions): History {
  return (
    log ?? {
      readBucket: (bucket, after, limit) => readBucket(pool, bucket, after, limit),
      head: (bucket) => headOf(pool, bucket),
    }
  );
}
