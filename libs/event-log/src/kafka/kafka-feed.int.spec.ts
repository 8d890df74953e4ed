import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { groupOf, portalA, portalC } from '../conformance/events.spec-fixture.js';
import { feedConformance } from '../conformance/feed.spec-fixture.js';
import { workerConformance } from '../conformance/worker.spec-fixture.js';
import { WakeUpListener } from '../feed/wake-up-listener.js';
import { eventLogMigrations } from '../migrations/index.js';
import type { Feed } from '../port.js';
import { checkpointOf } from '../project/checkpoint.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { brokerLacks, KafkaBench } from './kafka-bench.spec-fixture.js';
import type { KafkaFeed } from './kafka-feed.js';
import { checkTopic, type EventTopic, prepareTopic } from './topic.js';

const lacking = await brokerLacks();
const describeWithBroker = lacking === null ? describe : describe.skip;

describeWithBroker(`over a real broker${lacking === null ? '' : ` (left out: ${lacking})`}`, () => {
  let database: TestDatabase;
  let pool: Pool;
  let log: PostgresEventLog;
  let listener: WakeUpListener;
  let bench: KafkaBench;

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: eventLogMigrations });
    pool = createPool({ url: database.url, applicationName: 'kafka-spec', max: 20 });
    log = new PostgresEventLog(pool);
    listener = new WakeUpListener({ url: database.url, applicationName: 'kafka-spec-listener' });
    await listener.start();
    bench = await KafkaBench.start();
  }, 180_000);

  afterAll(async () => {
    await bench?.close();
    await log.close();
    await listener.close();
    await pool.end();
    await database.drop();
  });

  afterEach(() => bench.stopRelays());

  const fill = (count: number, name = 'n', portal = portalA) =>
    log.append(portal, [groupOf('deal:1', 'any', ...Array.from({ length: count }, (_, index) => `${name}${index}`))]);

  /** Everything after a position, as a worker that keeps up would get it. */
  async function readAll(feed: Feed, bucket: number, through: number, after = 0): Promise<number[]> {
    const positions: number[] = [];
    for (const endMs = performance.now() + 20_000; after + positions.length < through;) {
      if (performance.now() > endMs) throw new Error(`Stuck after ${positions.length} of ${through - after}`);
      await feed.assignments('funnel');
      const head = (await feed.heads([bucket])).get(bucket) ?? 0;
      const position = after + positions.length;
      const events = head > position ? await feed.fetch(bucket, position, 50) : [];
      positions.push(...events.map((event) => event.position));
      if (events.length === 0) await feed.wake(20);
    }
    return positions;
  }

  const upTo = (last: number, first = 1): number[] =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);

  describe('a feed', () => {
    feedConformance(async ({ bucketCount }) => {
      await emptyEventLog(pool);
      const topic = await bench.topic({ bucketCount });
      await bench.relay(pool, topic, { listener });
      return {
        log,
        feed: (holder) => settled(bench.feed(pool, topic, holder, { listener })),
      };
    });

    /** Waits until Kafka has brought what the log holds, which the suite takes for granted. */
    function settled(feed: KafkaFeed): Feed & { close(): void } {
      const arrive = async (bucket: number): Promise<void> => {
        await feed.assignments('funnel');
        const inLog = await log.head(bucket);
        while (((await feed.heads([bucket])).get(bucket) ?? 0) < inLog) await feed.wake(20);
      };
      return {
        assignments: (group) => feed.assignments(group),
        heads: async (buckets) => {
          for (const bucket of buckets) await arrive(bucket);
          return feed.heads(buckets);
        },
        fetch: async (bucket, after, limit) => {
          await arrive(bucket);
          return feed.fetch(bucket, after, limit);
        },
        wake: async (timeoutMs) => {
          await feed.assignments('funnel');
          return feed.wake(timeoutMs);
        },
        release: (group) => feed.release(group),
        close: () => feed.close(),
      };
    }
  });

  describe('a worker', () => {
    workerConformance(
      async ({ bucketCount }) => {
        await bench.stopRelays();
        await emptyEventLog(pool);
        const topic = await bench.topic({ bucketCount });
        await bench.relay(pool, topic, { listener });
        const healAfterMs = 300;
        return {
          log,
          pool,
          feed: (holder, leaseMs) =>
            bench.feed(pool, topic, holder, { listener, leaseMs, sessionMs: 1_000, healAfterMs }),
        };
      },
      { pauses: 'process' },
    );
  });

  describe('Kafka', () => {
    let topic: EventTopic;
    const feeds: KafkaFeed[] = [];
    const feedOf = (holder: string, overrides: Parameters<KafkaBench['feed']>[3] = {}) => {
      const feed = bench.feed(pool, topic, holder, { listener, leaseMs: 3_000, sessionMs: 3_000, ...overrides });
      feeds.push(feed);
      return feed;
    };

    beforeEach(async () => {
      await emptyEventLog(pool);
      topic = await bench.topic();
    });
    afterEach(async () => {
      for (const feed of feeds.splice(0)) await feed.release('funnel');
    });

    const send = async (partition: number, message: { value: Buffer | null; headers?: Record<string, string> }) => {
      const producer = bench.kafka.producer();
      await producer.connect();
      await producer.send({ topic: topic.name, messages: [{ partition, ...message }] });
      await producer.disconnect();
    };

    test('brings what was relayed, with the envelope in the headers and nothing in clear', async () => {
      await fill(120);
      await bench.relay(pool, topic);
      const feed = feedOf('a', { healAfterMs: 60_000 });
      expect(await readAll(feed, portalA.bucket, 120)).toEqual(upTo(120));
      expect(feed.guards).toEqual([]);
      expect(await feed.fetch(portalA.bucket, 20, 1)).toEqual(await log.readBucket(portalA.bucket, 20, 1));
    });

    test('brings a backlog larger than the buffer, pausing and going on', async () => {
      for (let part = 0; part < 4; part += 1) await fill(1_000, `p${part}-`);
      await bench.relay(pool, topic);
      const feed = feedOf('a', { healAfterMs: 60_000, mostBuffered: 100 });
      expect(await readAll(feed, portalA.bucket, 4_000)).toEqual(upTo(4_000));
      expect(feed.guards).toEqual([]);
    });

    test('holds messages that are no events, of another bucket, of another log or changed: the log has them right', async () => {
      await fill(3);
      const relay = await bench.relay(pool, topic);
      await readAll(feedOf('watcher'), portalA.bucket, 3);
      await relay.stop();
      await feeds[0]?.release('funnel');
      const stored = (await log.readBucket(portalA.bucket, 0, 1))[0];
      await fill(3, 'm');
      const incarnation = (await pool.query<{ id: string }>('SELECT id FROM log.incarnation')).rows[0]?.id ?? '';
      const headers = {
        ce_bucket: String(portalA.bucket),
        ce_position: '4',
        ce_incarnation: incarnation,
        ce_portalid: portalA.portalId,
        ce_digest: stored?.digest ?? '',
      };
      await send(portalA.bucket, { value: Buffer.from('no event'), headers: {} });
      await send(portalA.bucket, { value: null });
      await send(portalA.bucket, { value: Buffer.from('{}'), headers: { ...headers, ce_bucket: '5' } });
      await send(portalA.bucket, { value: Buffer.from('{}'), headers: { ...headers, ce_incarnation: 'another' } });
      await send(portalA.bucket, { value: Buffer.from([0xff, 0x00]), headers: { ...headers, ce_bodybytes: '1' } });
      const body = Buffer.from('{"event":{"data":{}},"sealed":null}');
      await send(portalA.bucket, { value: body, headers: { ...headers, ce_position: '5', ce_bodybytes: '11' } });
      const feed = feedOf('b', { healAfterMs: 200 });
      expect(await readAll(feed, portalA.bucket, 6)).toEqual(upTo(6));
      expect([...new Set(feed.guards)].sort()).toEqual(
        expect.arrayContaining(['foreign', 'undecodable', 'wrong digest']),
      );
    });

    test('that lost a range, or everything, loses nothing', async () => {
      await fill(20);
      await pool.query(
        `INSERT INTO log.checkpoint (projection, bucket, "position") VALUES ('relay', ${portalA.bucket}, 10)`,
      );
      await bench.relay(pool, topic);
      const feed = feedOf('a', { healAfterMs: 200 });
      expect(await readAll(feed, portalA.bucket, 20)).toEqual(upTo(20));
      await fill(5, 'c', portalC);
      await bench.stopRelays();
      await fill(5, 'm');
      expect(await readAll(feed, portalA.bucket, 25, 20)).toEqual(upTo(25, 21));
      expect(feed.guards).toContain('late');
    });

    test('repeats nothing towards the worker, whatever two relays repeat', async () => {
      await fill(200);
      const sent: number[] = [];
      const onSent = ({ events }: { events: number }) => void sent.push(events);
      await bench.relay(pool, topic, { onSent, batchSize: 20 });
      await bench.relay(pool, topic, { onSent, batchSize: 20 });
      const feed = feedOf('a');
      expect(await readAll(feed, portalA.bucket, 200)).toEqual(upTo(200));
      expect(sent.reduce((sum, events) => sum + events, 0)).toBe(200);
      await bench.stopRelays();
      await pool.query(`UPDATE log.checkpoint SET "position" = 150 WHERE projection = 'relay'`);
      await bench.relay(pool, topic);
      await fill(10, 'm');
      expect(await readAll(feed, portalA.bucket, 210, 200)).toEqual(upTo(210, 201));
      expect(feed.guards.filter((guard) => guard === 'duplicate')).toHaveLength(50);
    });

    test('carries an event larger than it takes as its headers; the worker reads it from the log', async () => {
      topic = await bench.topic({ maxMessageBytes: 16_384 });
      await log.append(portalA, [groupOf('deal:1', 'any', 'a', 'x'.repeat(40_000), 'b')]);
      await fill(60, 'z'.repeat(1_000));
      await bench.relay(pool, topic);
      const feed = feedOf('a', { healAfterMs: 60_000 });
      expect(await readAll(feed, portalA.bucket, 63)).toEqual(upTo(63));
      expect(feed.guards.filter((guard) => guard === 'elided')).toHaveLength(1);
    });

    test('killed and started again goes on, relay and feed with it', async () => {
      await fill(30);
      await bench.relay(pool, topic);
      const feed = feedOf('a', { healAfterMs: 1_000, stalledAfterMs: 8_000 });
      expect(await readAll(feed, portalA.bucket, 30)).toEqual(upTo(30));
      await bench.broker.kill();
      await fill(10, 'm');
      // From the log while there is no broker.
      expect(await readAll(feed, portalA.bucket, 40, 30)).toEqual(upTo(40, 31));
      // Whoever is asked to end has ten seconds for everything, brokers or not.
      const askedMs = performance.now();
      await feed.release('funnel');
      expect(performance.now() - askedMs).toBeLessThan(5_000);
      await bench.restartBroker();
      await fill(10, 'o');
      expect(await readAll(feed, portalA.bucket, 50, 40)).toEqual(upTo(50, 41));
      const relayed = async () => (await checkpointOf(pool, 'relay', portalA.bucket))?.position;
      for (const endMs = performance.now() + 30_000; (await relayed()) !== 50 && performance.now() < endMs;)
        await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await relayed()).toBe(50);
    }, 90_000);

    test('shares its buckets among workers, and hands over what one gave back', async () => {
      const [a, b] = [feedOf('a'), feedOf('b')];
      expect(await a.assignments('funnel')).toHaveLength(8);
      const sizes = async () => [(await a.assignments('funnel')).length, (await b.assignments('funnel')).length];
      const until = async (wanted: () => Promise<boolean>) => {
        for (const endMs = performance.now() + 20_000; !(await wanted());) {
          if (performance.now() > endMs) throw new Error('Not in time');
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      };
      await until(async () => String(await sizes()) === '4,4');
      const before = await a.assignments('funnel');
      await b.release('funnel');
      await until(async () => (await a.assignments('funnel')).length === 8);
      const after = new Map((await a.assignments('funnel')).map(({ bucket, epoch }) => [bucket, epoch]));
      for (const { bucket, epoch } of before) expect(after.get(bucket)).toBe(epoch);
    }, 60_000);

    test('is refused when its topic is missing or differs, with what differs', async () => {
      const { brokers } = bench.broker;
      await expect(checkTopic(bench.kafka, { ...topic, name: 'nowhere' }, brokers)).rejects.toMatchObject({
        code: 'TOPIC_MISSING',
      });
      const other = { ...topic, bucketCount: 16, retentionMs: 1_000 };
      const refused = prepareTopic(bench.kafka, other, brokers);
      await expect(refused).rejects.toMatchObject({
        code: 'TOPIC_DIFFERS',
        message: expect.stringMatching(/8 partitions instead of 16.*retention\.ms is 604800000 instead of 1000/),
      });
      expect(await prepareTopic(bench.kafka, topic, brokers)).toBe(false);
    });
  });
});
