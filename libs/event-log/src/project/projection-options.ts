import type { Clock, StoredEvent } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import type { Feed } from '../port.js';

export interface ProjectionBatch {
  bucket: number;
  /** The epoch under which this worker holds the bucket. */
  epoch: number;
  /** Consecutive events, never none. */
  events: StoredEvent[];
}

export interface ProjectionProgress {
  bucket: number;
  /** Position up to which the read model is committed. */
  position: number;
  /** Position of the last event of the bucket, as last seen. */
  head: number;
  /** How many events this batch had. */
  events: number;
}

/** Points at which a worker may die; tests stop it there. */
export type ProjectionStep =
  'assigned' | 'claimed' | 'fetched' | 'began' | 'locked' | 'applied' | 'checkpointed' | 'committed';

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
  clock: Clock;
  logger: ProjectionLogger;
  /** Most events in one transaction; 500 unless told. */
  batchSize?: number;
  /**
   * Folds the events into the read model through `client`, inside the transaction that moves the checkpoint. When it
   * throws, nothing of the batch stays, and it is called again: later after a transient error, otherwise event by event.
   */
  apply(client: PoolClient, batch: ProjectionBatch): Promise<void>;
  /** Ends the work: the batch under way is finished, the buckets are given back. */
  signal: AbortSignal;
  onProgress?(progress: ProjectionProgress): void;
  /** How often leases are renewed, a third of their duration at most; 3 s unless told. */
  renewEveryMs?: number;
  /** Longest sleep when there is nothing to do; 1 s unless told. */
  longestIdleMs?: number;
  /** A bucket stopped by an event that cannot be applied is tried again after that long; 60 s unless told. */
  retryStoppedAfterMs?: number;
  hooks?(step: ProjectionStep, bucket: number): Promise<void>;
}
