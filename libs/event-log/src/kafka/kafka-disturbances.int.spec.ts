import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { eventOf, groupOf, portalA, portalC } from '../conformance/events.spec-fixture.js';
import { WakeUpListener } from '../feed/wake-up-listener.js';
import { eventLogMigrations } from '../migrations/index.js';
import type { Feed } from '../port.js';
import { checkpointOf } from '../project/checkpoint.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { brokerLacks, KafkaBench } from './kafka-bench.spec-fixture.js';
import type { KafkaFeed } from './kafka-feed.js';
import { type EventTopic, prepareTopic } from './topic.js';

const lacking = await brokerLacks();
const describeWithBroker = lacking === null ? describe : describe.skip;
const evenPortal = { portalId: '44444444-4444-4444-8444-444444444444', bucket: 2 };
/** Longer than any test: what comes in spite of it came by way of Kafka. */
const NEVER_MS = 600_000;

describeWithBroker(`disturbances of Kafka${lacking === null ? '' : ` (left out: ${lacking})`}`, () => {
  let database: TestDatabase;
  let pool: Pool;
  let log: PostgresEventLog;
  let listener: WakeUpListener;
  let bench: KafkaBench;
  let topic: EventTopic;
  const feeds: KafkaFeed[] = [];

  beforeAll(async () => {
    database = await createTestDatabase({ migrations: eventLogMigrations });
    pool = createPool({ url: database.url, applicationName: 'kafka-disturbances-spec', max: 20 });
    log = new PostgresEventLog(pool);
    listener = new WakeUpListener({ url: database.url, applicationName: 'kafka-disturbances-listener' });
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

  beforeEach(async () => {
    await emptyEventLog(pool);
    topic = await bench.topic();
  });

  afterEach(async () => {
    for (const feed of feeds.splice(0)) await feed.release('funnel');
    await bench.stopRelays();
  });

  function feedOf(holder: string, overrides: Parameters<KafkaBench['feed']>[3] = {}) {
    const feed = bench.feed(pool, topic, holder, {
      listener,
      leaseMs: 3_000,
      sessionMs: 3_000,
      healAfterMs: NEVER_MS,
      ...overrides,
    });
    feeds.push(feed);
    return feed;
  }

  let serial = 0;
  const fill = (count: number, portal = portalA) =>
    log.append(portal, [groupOf('deal:1', 'any', ...Array.from({ length: count }, () => `n${(serial += 1)}`))]);

  const pause = (timeMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, timeMs));

  async function until(what: string, check: () => Promise<boolean> | boolean, patienceMs = 20_000): Promise<void> {
    for (const endMs = performance.now() + patienceMs; !(await check());) {
      if (performance.now() > endMs) throw new Error(`Not in time: ${what}`);
      await pause(50);
    }
  }

  /** Everything after a position, as a worker that keeps up would get it. */
  async function readAll(feed: Feed, bucket: number, through: number, after = 0): Promise<number[]> {
    const positions: number[] = [];
    await until(`${through} of bucket ${bucket}`, async () => {
      await feed.assignments('funnel');
      for (;;) {
        const position = after + positions.length;
        const head = (await feed.heads([bucket])).get(bucket) ?? 0;
        const events = head > position ? await feed.fetch(bucket, position, 50) : [];
        positions.push(...events.map((event) => event.position));
        if (events.length === 0) return position >= through;
      }
    });
    return positions;
  }

  const upTo = (last: number, first = 1): number[] =>
    Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const relayed = async (bucket: number) => (await checkpointOf(pool, 'relay', bucket))?.position ?? 0;

  async function send(partition: number, headers: Record<string, string>, value: Buffer): Promise<void> {
    const producer = bench.kafka.producer();
    await producer.connect();
    await producer.send({ topic: topic.name, messages: [{ partition, value, headers }] });
    await producer.disconnect();
  }

  /** The messages of a partition as they lie in the topic. */
  async function messagesOf(partition: number, count: number) {
    const consumer = bench.kafka.consumer({ groupId: `raw ${(serial += 1)}`, maxWaitTimeInMs: 50 });
    const messages: { key: string; value: string; headers: Record<string, string> }[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic: topic.name, fromBeginning: true });
    await consumer.run({
      eachMessage: ({ partition: from, message }) => {
        if (from === partition) {
          const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)]);
          messages.push({
            key: String(message.key),
            value: String(message.value),
            headers: Object.fromEntries(headers) as Record<string, string>,
          });
        }
        return Promise.resolve();
      },
    });
    await until(`${count} messages`, () => messages.length >= count);
    await consumer.disconnect();
    return messages;
  }

  test('a message is the event as it is stored: attributes in the headers, sealed parts sealed, in its bucket', async () => {
    const sealed = { 'deal:9': 'v1.c2VhbGVk' };
    const events = [eventOf('deal:9', 'a'), eventOf('deal:9', 'b', { sealed })];
    await log.append(portalA, [{ streamId: 'deal:9', expected: 'none', events }]);
    await bench.relay(pool, topic);
    const messages = await messagesOf(portalA.bucket, 2);
    const { rows } = await pool.query<{ body: string; sealed: string | null }>(
      'SELECT body::text, sealed::text FROM log.event ORDER BY "position"',
    );
    const [, stored] = await log.readBucket(portalA.bucket, 0, 2);
    expect(messages).toHaveLength(2);
    expect(messages[1]?.key).toBe(`${portalA.portalId}/deal:9`);
    expect(messages[0]?.value).toBe(`{"event":${rows[0]?.body},"sealed":null}`);
    expect(messages[1]?.value).toBe(`{"event":${rows[1]?.body},"sealed":${rows[1]?.sealed}}`);
    expect(messages[1]?.headers).toMatchObject({
      ce_specversion: '1.0',
      ce_id: stored?.eventId,
      ce_source: `/portals/${portalA.portalId}`,
      ce_type: 'DealChanged',
      ce_subject: 'deal:9',
      ce_time: '2026-03-02T09:15:00.000Z',
      'content-type': 'application/json',
      ce_portalid: portalA.portalId,
      ce_bucket: String(portalA.bucket),
      ce_position: '2',
      ce_version: '2',
      ce_schemaversion: '1',
      ce_recordedat: stored?.recordedAt,
      ce_digest: stored?.digest,
      ce_hash: stored?.hash,
    });
  });

  test('whoever is asked to end while the group still shares its partitions out waits for nobody', async () => {
    const feed = feedOf('a');
    const ending = new AbortController();
    const startedMs = performance.now();
    const asked = feed.assignments('funnel', ending.signal);
    // At once: brokers that have nobody to wait for share out within milliseconds.
    ending.abort();
    expect(await asked).toEqual([]);
    await feed.release('funnel');
    expect(performance.now() - startedMs).toBeLessThan(4_000);
    const { rows } = await pool.query(`SELECT FROM log.lease WHERE holder = 'a'`);
    expect(rows).toEqual([]);
  });

  test('silence when nothing was relayed is no stall, however old the log is', async () => {
    await fill(5);
    await bench.relay(pool, topic);
    const first = feedOf('first');
    expect(await readAll(first, portalA.bucket, 5)).toEqual(upTo(5));
    await first.release('funnel');
    const second = feedOf('second', { stalledAfterMs: 1_200 });
    for (const endMs = performance.now() + 5_000; performance.now() < endMs; await pause(100)) {
      await second.assignments('funnel');
      await second.heads(upTo(7, 0));
    }
    expect(second.guards).toEqual([]);
  });

  test('a bucket that was full when it went to another worker and came back is read on', async () => {
    await fill(100);
    await fill(100, evenPortal);
    await bench.relay(pool, topic, { batchSize: 20 });
    const feed = feedOf('a', { mostBuffered: 10 });
    const buckets = [portalA.bucket, evenPortal.bucket];
    await feed.assignments('funnel');
    await until(
      'both full',
      async () => [...(await feed.heads(buckets)).values()].filter((head) => head >= 10).length === 2,
    );
    const other = feedOf('b');
    await until('shared', async () => {
      await other.assignments('funnel');
      return (await feed.assignments('funnel')).length === 4;
    });
    await other.release('funnel');
    await until('alone', async () => (await feed.assignments('funnel')).length === 8);
    expect(await readAll(feed, portalA.bucket, 100)).toEqual(upTo(100));
    expect(await readAll(feed, evenPortal.bucket, 100)).toEqual(upTo(100));
  }, 60_000);

  test('messages of what the worker has already do not keep new ones out', async () => {
    await fill(300);
    await bench.relay(pool, topic, { batchSize: 20 });
    await until('the relay', async () => (await relayed(portalA.bucket)) === 300);
    await pool.query(
      `INSERT INTO log.checkpoint (projection, bucket, "position") VALUES ('funnel', ${portalA.bucket}, 300)`,
    );
    const feed = feedOf('a', { mostBuffered: 20 });
    const reading = readAll(feed, portalA.bucket, 301, 300);
    await fill(1);
    expect(await reading).toEqual([301]);
    expect(feed.guards.filter((guard) => guard === 'late')).toEqual([]);
  });

  test('a position that the log has not reached keeps nothing out that comes after it', async () => {
    await fill(3);
    const relay = await bench.relay(pool, topic);
    const feed = feedOf('a');
    expect(await readAll(feed, portalA.bucket, 3)).toEqual(upTo(3));
    await relay.stop();
    const [{ headers, value } = { headers: {}, value: '' }] = await messagesOf(portalA.bucket, 3);
    await send(portalA.bucket, { ...headers, ce_position: '1000000' }, Buffer.from(value));
    await until('its refusal', async () => {
      await feed.heads([portalA.bucket]);
      return feed.guards.length > 0;
    });
    await bench.relay(pool, topic);
    await fill(2);
    expect(await readAll(feed, portalA.bucket, 5, 3)).toEqual([4, 5]);
    await fill(2);
    expect(await readAll(feed, portalA.bucket, 7, 5)).toEqual([6, 7]);
    expect(feed.guards).toEqual(['foreign']);
  });

  test.each([
    ['no number as its version', { ce_version: 'x' }],
    ['another version', { ce_version: '7' }],
    ['no time', { ce_recordedat: '' }],
    ['another time', { ce_recordedat: '2020-01-01T00:00:00.000000Z' }],
    ['no portal', { ce_portalid: 'x' }],
    ['another portal', { ce_portalid: portalC.portalId }],
    ['another hash', { ce_hash: '0'.repeat(64) }],
    ['neither a hash nor a portal', { ce_hash: '', ce_portalid: 'x' }],
  ])('the first message that comes, with %s, is replaced by what the log holds', async (_title, changed) => {
    await fill(3);
    const relay = await bench.relay(pool, topic);
    const messages = await messagesOf(portalA.bucket, 3);
    await relay.stop();
    topic = await bench.topic();
    for (const [index, { headers, value }] of messages.entries()) {
      await send(portalA.bucket, index === 1 ? { ...headers, ...changed } : headers, Buffer.from(value));
    }
    const feed = feedOf('a');
    await until('the messages', async () => {
      await feed.assignments('funnel');
      return (await feed.heads([portalA.bucket])).get(portalA.bucket) === 3;
    });
    expect(
      [...(await feed.fetch(portalA.bucket, 1, 10)), ...(await feed.fetch(portalA.bucket, 2, 10))].slice(0, 2),
    ).toEqual(await log.readBucket(portalA.bucket, 1, 10));
    expect(feed.guards).toContain('broken chain');
  });

  test('offsets whose messages are gone are left behind, what they held comes from the log', async () => {
    await fill(20);
    await bench.relay(pool, topic);
    const first = feedOf('first');
    expect(await readAll(first, portalA.bucket, 20)).toEqual(upTo(20));
    await first.release('funnel');
    await fill(20);
    await until('the relay', async () => (await relayed(portalA.bucket)) === 40);
    const admin = bench.kafka.admin();
    await admin.connect();
    await admin.fetchTopicMetadata({ topics: [topic.name] });
    const partitions = [{ partition: portalA.bucket, offset: '40' }];
    await until('the deletion', () =>
      admin.deleteTopicRecords({ topic: topic.name, partitions }).then(
        () => true,
        () => false,
      ),
    );
    await admin.disconnect();
    const second = feedOf('second');
    await second.assignments('funnel');
    await fill(5);
    expect(await readAll(second, portalA.bucket, 45, 20)).toEqual(upTo(45, 21));
    expect(second.guards).toEqual(['gap']);
    await fill(5);
    expect(await readAll(second, portalA.bucket, 50, 45)).toEqual(upTo(50, 46));
    expect(second.guards).toEqual(['gap']);
  });

  test('a topic that was deleted and made anew carries on; what it lost comes from the log', async () => {
    await fill(10);
    await bench.relay(pool, topic);
    const feed = feedOf('a', { healAfterMs: 500, stalledAfterMs: 2_000 });
    expect(await readAll(feed, portalA.bucket, 10)).toEqual(upTo(10));
    const admin = bench.kafka.admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [topic.name] });
    await admin.disconnect();
    await fill(5);
    expect(await readAll(feed, portalA.bucket, 15, 10)).toEqual(upTo(15, 11));
    await prepareTopic(bench.kafka, topic, bench.broker.brokers);
    let last = 15;
    const late = () => feed.guards.filter((guard) => guard === 'late').length;
    await until(
      'an event by way of the new topic',
      async () => {
        const before = late();
        await fill(1);
        await readAll(feed, portalA.bucket, (last += 1), last - 1);
        return late() === before;
      },
      40_000,
    );
  }, 90_000);

  test('a relay waits before a hole of the log without losing patience, and the other buckets go on', async () => {
    await fill(5);
    await pool.query('ALTER TABLE log.event DISABLE TRIGGER USER');
    await pool.query(`DELETE FROM log.event WHERE bucket = ${portalA.bucket} AND "position" = 3`);
    await pool.query('ALTER TABLE log.event ENABLE TRIGGER USER');
    let complaints = 0;
    const logger = {
      info: () => undefined,
      warn: () => undefined,
      error: () => void (complaints += 1),
    };
    await bench.relay(pool, topic, { logger, listener });
    await fill(5, portalC);
    await until('the other bucket', async () => (await relayed(portalC.bucket)) === 5);
    await until('what lies before the hole', async () => (await relayed(portalA.bucket)) === 2);
    await pause(1_000);
    expect(complaints).toBe(1);
    expect(await relayed(portalA.bucket)).toBe(2);
  });

  // The last one: the broker stays dead.
  test('without a broker nothing waits for it, and buckets of a worker that died go to the others', async () => {
    await fill(10);
    await bench.relay(pool, topic);
    const shared = { withoutGroupAfterMs: 3_000, healAfterMs: 300 };
    const [dying, living] = [feedOf('dying', shared), feedOf('living', shared)];
    await until('a share each', async () => {
      await dying.assignments('funnel');
      return (await living.assignments('funnel')).length === 4;
    });
    await bench.broker.kill();
    feeds.shift();
    let longestMs = 0;
    await until('all buckets', async () => {
      const startedMs = performance.now();
      const held = await living.assignments('funnel');
      await living.heads(upTo(7, 0));
      longestMs = Math.max(longestMs, performance.now() - startedMs);
      return held.length === 8;
    });
    expect(await readAll(living, portalA.bucket, 10)).toEqual(upTo(10));
    expect(longestMs).toBeLessThan(2_000);
    await fill(5);
    // The relay is busy sending by now.
    await pause(1_000);
    const startedMs = performance.now();
    await living.release('funnel');
    await bench.stopRelays();
    expect(performance.now() - startedMs).toBeLessThan(6_000);
    const { rows } = await pool.query(
      `SELECT FROM log.lease WHERE holder IS NOT NULL AND group_name = 'funnel' AND holder = 'living'`,
    );
    expect(rows).toEqual([]);
    dying.close();
  }, 120_000);
});
