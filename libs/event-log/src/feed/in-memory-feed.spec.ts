import { feedConformance, leaseConformance, type LeasedFeedHarness } from '../conformance/feed.spec-fixture.js';
import { InMemoryEventLog } from '../in-memory-event-log.js';
import { InMemoryFeed } from './in-memory-feed.js';
import { InMemoryLeases } from './in-memory-leases.js';

async function open({ bucketCount }: { bucketCount: number }): Promise<LeasedFeedHarness> {
  let now = new Date('2026-03-02T09:00:00Z');
  const log = new InMemoryEventLog();
  const leases = new InMemoryLeases({ bucketCount, leaseMs: 1_000 }, { now: () => now });
  return {
    log,
    feed: (holder) => new InMemoryFeed({ log, leases, holder }),
    letLeasesExpire: async () => {
      now = new Date(now.getTime() + 1_001);
    },
  };
}

feedConformance(open);
leaseConformance(open);
