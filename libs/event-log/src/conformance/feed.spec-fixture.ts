import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { EventLog, Feed, PortalAddress } from '../port.js';
import { groupOf, portalA, portalC } from './events.spec-fixture.js';

export interface FeedHarness {
  log: EventLog;
  /** A feed of another worker over the same log. */
  feed(holder: string): Feed & { close(): void | Promise<void> };
}

export interface LeasedFeedHarness extends FeedHarness {
  /** Makes leases taken until now expire unless they are renewed. */
  letLeasesExpire(): Promise<void>;
}

const BUCKETS = 8;

/** How every feed delivers. `open` starts with an empty log and no leases, 8 buckets. */
export function feedConformance(open: (options: { bucketCount: number }) => Promise<FeedHarness>): void {
  let harness: FeedHarness;
  let feeds: ReturnType<FeedHarness['feed']>[];

  beforeEach(async () => {
    harness = await open({ bucketCount: BUCKETS });
    feeds = [];
  });

  afterEach(async () => {
    for (const feed of feeds) await feed.close();
  });

  const feedOf = (holder: string): Feed => {
    const feed = harness.feed(holder);
    feeds.push(feed);
    return feed;
  };
  const positions = (events: StoredEvent[]): number[] => events.map((event) => event.position);
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
  const fill = async (portal: PortalAddress, count: number, name = 'n'): Promise<void> => {
    const identities = Array.from({ length: count }, (_, index) => `${name}${index}`);
    await harness.log.append(portal, [groupOf('deal:1', 'any', ...identities)]);
  };

  describe('fetching', () => {
    test('goes in order, page by page, until there is nothing more', async () => {
      const feed = feedOf('a');
      await fill(portalA, 25);
      await fill(portalC, 3);
      expect(positions(await feed.fetch(portalA.bucket, 0, 10))).toEqual(upTo(10));
      expect(positions(await feed.fetch(portalA.bucket, 10, 100))).toEqual(upTo(25).slice(10));
      expect(await feed.fetch(portalA.bucket, 25, 10)).toEqual([]);
      expect(await feed.heads(upTo(BUCKETS - 1))).toEqual(
        new Map([
          [portalA.bucket, 25],
          [portalC.bucket, 3],
        ]),
      );
    });

    test('passes from history into what is written meanwhile without a seam', async () => {
      const feed = feedOf('a');
      await fill(portalA, 40);
      let isWriting = true;
      const writing = Promise.all(
        [0, 1, 2].map(async (writer) => {
          for (let round = 0; round < 20; round += 1) await fill(portalA, 1 + (round % 3), `w${writer}/${round}/`);
        }),
      ).finally(() => (isWriting = false));
      const seen: number[] = [];
      for (;;) {
        const wasWriting = isWriting;
        const events = await feed.fetch(portalA.bucket, seen.length, 7);
        seen.push(...positions(events));
        if (events.length === 0 && !wasWriting) break;
        if (events.length === 0) await feed.wake(20);
      }
      await writing;
      expect(seen).toEqual(upTo(await harness.log.head(portalA.bucket)));
    });
  });

  describe('waking', () => {
    test('happens soon after an append, and one that came before sleeping counts', async () => {
      const feed = feedOf('a');
      await feed.wake(1);
      const asleep = feed.wake(5_000);
      const startedMs = performance.now();
      await fill(portalA, 1);
      await asleep;
      expect(performance.now() - startedMs).toBeLessThan(2_000);
      await fill(portalA, 1, 'm');
      await new Promise((resolve) => setTimeout(resolve, 60));
      await feed.wake(5_000);
      expect(performance.now() - startedMs).toBeLessThan(4_000);
    });

    test('happens by itself after the time-out', async () => {
      const feed = feedOf('a');
      await feed.wake(1);
      const startedMs = performance.now();
      await feed.wake(30);
      expect(performance.now() - startedMs).toBeLessThan(1_000);
    });
  });
}

/** What every feed does whose workers share the buckets by leases alone. `open` as above. */
export function leaseConformance(open: (options: { bucketCount: number }) => Promise<LeasedFeedHarness>): void {
  let harness: LeasedFeedHarness;
  let feeds: ReturnType<FeedHarness['feed']>[];

  beforeEach(async () => {
    harness = await open({ bucketCount: BUCKETS });
    feeds = [];
  });

  afterEach(async () => {
    for (const feed of feeds) await feed.close();
  });

  const feedOf = (holder: string): Feed => {
    const feed = harness.feed(holder);
    feeds.push(feed);
    return feed;
  };
  describe('assignments', () => {
    const bucketsOf = async (feed: Feed): Promise<number[]> =>
      (await feed.assignments('funnel')).map((assignment) => assignment.bucket);

    test('are all buckets for one worker, and stay with their epoch when renewed', async () => {
      const feed = feedOf('a');
      const first = await feed.assignments('funnel');
      expect(first).toEqual(Array.from({ length: BUCKETS }, (_, bucket) => ({ bucket, epoch: 1 })));
      expect(await feed.assignments('funnel')).toEqual(first);
    });

    test('are shared fairly with a newcomer and never held twice', async () => {
      const [a, b, c] = [feedOf('a'), feedOf('b'), feedOf('c')];
      await bucketsOf(a);
      for (let round = 0; round < 3; round += 1) {
        await bucketsOf(b);
        await bucketsOf(c);
        await bucketsOf(a);
      }
      const held = [await bucketsOf(a), await bucketsOf(b), await bucketsOf(c)];
      expect(held.map((buckets) => buckets.length).sort()).toEqual([2, 3, 3]);
      expect(held.flat().sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    });

    test('of workers that start together never overlap', async () => {
      const workers = ['a', 'b', 'c', 'd'].map(feedOf);
      const held = await Promise.all(workers.map((feed) => bucketsOf(feed)));
      const all = held.flat();
      expect(new Set(all).size).toBe(all.length);
    });

    test('of different groups are independent', async () => {
      const [a, b] = [feedOf('a'), feedOf('b')];
      await a.assignments('funnel');
      expect(await b.assignments('plan')).toHaveLength(BUCKETS);
    });

    test('of a worker that vanished are taken over under a new epoch', async () => {
      const [a, b] = [feedOf('a'), feedOf('b')];
      await a.assignments('funnel');
      expect(await b.assignments('funnel')).toEqual([]);
      await harness.letLeasesExpire();
      const taken = await b.assignments('funnel');
      expect(taken).toHaveLength(BUCKETS);
      for (const { epoch } of taken) expect(epoch).toBe(2);
      for (const { bucket, epoch } of await a.assignments('funnel')) expect([bucket, epoch]).toEqual([bucket, 3]);
    });

    test('given back are free at once', async () => {
      const [a, b] = [feedOf('a'), feedOf('b')];
      await a.assignments('funnel');
      await a.release('funnel');
      expect(await b.assignments('funnel')).toHaveLength(BUCKETS);
    });
  });
}
