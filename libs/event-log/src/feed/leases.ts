import type { FeedAssignment } from '../port.js';

/** Who may work on which bucket of a group. */
export interface Leases {
  /**
   * Renews what `holder` has, gives back what is more than its fair share, takes free and expired leases up to it.
   * Every change of holder raises the epoch.
   */
  hold(group: string, holder: string): Promise<FeedAssignment[]>;
  release(group: string, holder: string): Promise<void>;
}

export interface LeaseOptions {
  /** Buckets are 0 to bucketCount − 1. */
  bucketCount: number;
  /** A worker that is not heard of for so long loses its buckets. */
  leaseMs: number;
}
