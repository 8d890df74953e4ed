import type { NewEvent, StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';

/** What a stream must look like for the append to happen; every form is enforced. */
export type ExpectedVersion = number | 'none' | 'exists' | 'any';

export interface AppendGroup {
  streamId: string;
  expected: ExpectedVersion;
  events: NewEvent[];
}

export interface AppendOptions {
  /** The caller's transaction: its cursor, outbox rows and rule state commit with the events. */
  tx?: PoolClient;
  /**
   * `reject` (commands): a partial replay throws `EVENT_LOG_PARTIAL_REPLAY` naming the actual version.
   * `skip` (capture, whose windows overlap): events whose id is already stored are passed over one by one.
   * An exact replay of all ids returns the original positions in both modes.
   */
  duplicates?: 'reject' | 'skip';
}

export interface AppendedEvent {
  eventId: string;
  streamId: string;
  position: number;
  version: number;
  /** True when the event was stored before and this append changed nothing. */
  isReplay: boolean;
}

export interface AppendResult {
  bucket: number;
  events: AppendedEvent[];
  /** Position of the last event of this append, or of the bucket when nothing was new. */
  position: number;
}

export interface PortalAddress {
  portalId: string;
  bucket: number;
}

/**
 * The append-only log. Inside a bucket positions are dense and commit order = position order.
 * Throws `Rejection`: EVENT_LOG_VERSION_CONFLICT (details: streamId, expected, actual), EVENT_LOG_PARTIAL_REPLAY,
 * EVENT_LOG_ID_REUSED (same id, other content).
 */
export interface EventLog {
  append(portal: PortalAddress, groups: AppendGroup[], options?: AppendOptions): Promise<AppendResult>;
  readStream(
    portal: PortalAddress,
    streamId: string,
    options?: { fromVersion?: number; limit?: number },
  ): Promise<StoredEvent[]>;
  /** Events of a bucket after a position, in position order; `portalId` narrows to one portal. */
  readBucket(
    bucket: number,
    afterPosition: number,
    limit: number,
    options?: { portalId?: string },
  ): Promise<StoredEvent[]>;
  /** Position of the last committed event of a bucket, 0 when empty. */
  head(bucket: number): Promise<number>;
}

export interface FeedAssignment {
  bucket: number;
  epoch: number;
}

/**
 * Where a worker gets its events. There is no commit: progress lives with the read model, and a lease with an epoch
 * decides who may write it.
 */
export interface Feed {
  /**
   * Buckets this worker holds now; acquires, renews and takes over expired leases of the group. May wait for other
   * workers to share with; an abort ends that with whatever is known.
   */
  assignments(group: string, signal?: AbortSignal): Promise<FeedAssignment[]>;
  /** Position of the last event of each bucket that has any: one question for all, to see where there is work. */
  heads(buckets: readonly number[]): Promise<Map<number, number>>;
  /** Events after a position, without a hole: an empty array means caught up. */
  fetch(bucket: number, after: number, limit: number): Promise<StoredEvent[]>;
  /** Resolves when something may be new since the last call resolved, or after the time-out. For one waiter. */
  wake(timeoutMs: number): Promise<void>;
  /** Gives the buckets back so that another worker need not wait for the lease to expire. */
  release(group: string): Promise<void>;
}
