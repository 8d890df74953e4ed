import { int4Array } from '@funnelwatch/postgres';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { Feed, FeedAssignment } from '../port.js';
import { readBucket } from '../read/read-bucket.js';
import type { Leases } from './leases.js';
import { PostgresLeases } from './postgres-leases.js';
import { WakeUp } from './wake-up.js';
import type { WakeUpListener } from './wake-up-listener.js';

export interface PostgresFeedOptions {
  pool: Pool;
  /** Name of this worker, unlike any other's: application, process and a random part. */
  holder: string;
  /** Number of buckets of the installation; 16 unless told. */
  bucketCount?: number;
  /** A worker not heard of for so long loses its buckets; 10 s unless told. */
  leaseMs?: number;
  /** Without one the feed polls only. */
  listener?: WakeUpListener;
}

const POLL_WITHOUT_LISTENER_MS = 50;

/** Events straight from the log in PostgreSQL. One feed serves one worker. */
export class PostgresFeed implements Feed {
  private readonly wakeUp = new WakeUp();
  private readonly leases: Leases;
  private readonly stopListening: (() => void) | undefined;

  constructor(private readonly options: PostgresFeedOptions) {
    const { bucketCount = 16, leaseMs = 10_000 } = options;
    this.leases = new PostgresLeases(options.pool, { bucketCount, leaseMs });
    this.stopListening = options.listener?.onWakeUp(() => this.wakeUp.call());
  }

  assignments(group: string): Promise<FeedAssignment[]> {
    return this.leases.hold(group, this.options.holder);
  }

  async heads(buckets: readonly number[]): Promise<Map<number, number>> {
    const { rows } = await this.options.pool.query<{ bucket: number; position: number }>({
      name: 'log.heads',
      text: 'SELECT bucket, "position" FROM log.counter WHERE bucket = ANY ($1::int[]) AND "position" > 0',
      values: [int4Array(buckets)],
    });
    return new Map(rows.map((row) => [row.bucket, row.position]));
  }

  fetch(bucket: number, after: number, limit: number): Promise<StoredEvent[]> {
    return readBucket(this.options.pool, bucket, after, limit);
  }

  wake(timeoutMs: number): Promise<void> {
    const isListening = this.options.listener?.isListening ?? false;
    return this.wakeUp.wait(isListening ? timeoutMs : Math.min(timeoutMs, POLL_WITHOUT_LISTENER_MS));
  }

  async release(group: string): Promise<void> {
    await this.leases.release(group, this.options.holder);
  }

  close(): void {
    this.stopListening?.();
  }
}
