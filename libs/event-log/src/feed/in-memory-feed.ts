import type { StoredEvent } from '@funnelwatch/kernel';
import type { InMemoryEventLog } from '../in-memory-event-log.js';
import type { Feed, FeedAssignment } from '../port.js';
import type { Leases } from './leases.js';
import { WakeUp } from './wake-up.js';

export interface InMemoryFeedOptions {
  log: InMemoryEventLog;
  leases: Leases;
  /** Name of this worker, unlike any other's. */
  holder: string;
}

/** Events of a log in memory, for specs. One feed serves one worker. */
export class InMemoryFeed implements Feed {
  private readonly wakeUp = new WakeUp();
  private readonly stopListening: () => void;

  constructor(private readonly options: InMemoryFeedOptions) {
    this.stopListening = options.log.onAppend(() => this.wakeUp.call());
  }

  assignments(group: string): Promise<FeedAssignment[]> {
    return this.options.leases.hold(group, this.options.holder);
  }

  async heads(buckets: readonly number[]): Promise<Map<number, number>> {
    const heads = new Map<number, number>();
    for (const bucket of buckets) {
      const head = await this.options.log.head(bucket);
      if (head > 0) heads.set(bucket, head);
    }
    return heads;
  }

  fetch(bucket: number, after: number, limit: number): Promise<StoredEvent[]> {
    return this.options.log.readBucket(bucket, after, limit);
  }

  wake(timeoutMs: number): Promise<void> {
    return this.wakeUp.wait(timeoutMs);
  }

  release(group: string): Promise<void> {
    return this.options.leases.release(group, this.options.holder);
  }

  close(): void {
    this.stopListening();
  }
}
