import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultEventTopic, KafkaFeed, PostgresEventLog, prepareTopic, runRelay } from '@funnelwatch/event-log';
import { createKafka, type Kafka } from '@funnelwatch/kafka';
import { startBroker, whatBrokerLacks } from '@funnelwatch/testing/broker';
import type { Pool } from 'pg';
import { compare, rateOf } from '../compare.js';
import { dealChanged } from '../deal-events.js';
import { ratioRow, type Row } from '../row.js';
import { BenchServer } from '../server/bench-server.js';
import { silent } from '../silent.js';
import { sizeOfTopic } from './size-of-topic.js';

const EVENTS = Number(process.env['BENCH_KAFKA_EVENTS'] ?? '64000');
const topic = { ...defaultEventTopic };
const BATCH = 500;

/** Reading the topic to its end: the product's feed against a loop that only parses what kafkajs brings. */
export async function measureKafka(): Promise<Row[]> {
  const lacking = await whatBrokerLacks();
  if (lacking !== null) return [{ work: lacking, figure: 'left out', value: 0, target: null, reached: true }];
  const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-bench-broker-'));
  const server = await BenchServer.start();
  const broker = await startBroker({ folder });
  try {
    const kafka = createKafka({ brokers: broker.brokers, clientId: 'bench' }, silent);
    await prepareTopic(kafka, topic, broker.brokers);
    const { pool } = await server.productDatabase('product');
    await fill(pool);
    const relayed = await relayRate(kafka, pool);
    const consumed = await compare({
      turns: 1,
      product: () => feedRate(kafka, pool),
      peer: () => loopRate(kafka, true),
    });
    const counted = await compare({
      turns: 1,
      product: () => feedRate(kafka, pool),
      peer: () => loopRate(kafka, false),
    });
    return [
      ratioRow('Kafka feed, kafkajs loop that parses', 'events/s', consumed, { least: 0.8 }),
      ratioRow('Kafka feed, kafkajs loop that only counts', 'events/s', counted),
      {
        work: `relay of ${EVENTS} events from the log to the topic`,
        figure: `${Math.round(relayed)} events/s`,
        value: relayed,
        target: null,
        reached: true,
      },
      await bytesOfEvent(kafka, folder),
    ];
  } finally {
    await broker.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(pool: Pool): Promise<void> {
  const log = new PostgresEventLog(pool);
  const portals = Array.from({ length: topic.bucketCount }, (_, bucket) => ({ portalId: randomUUID(), bucket }));
  for (let batch = 0; batch < EVENTS / BATCH; batch += 1) {
    const portal = portals[batch % portals.length];
    const streamId = `deal:${batch}`;
    const events = Array.from({ length: BATCH }, () => dealChanged(streamId));
    if (portal) await log.append(portal, [{ streamId, expected: 'none', events }]);
  }
  await log.close();
}

async function relayRate(kafka: Kafka, pool: Pool): Promise<number> {
  const stopping = new AbortController();
  let sent = 0;
  return rateOf(EVENTS, () =>
    runRelay({
      pool,
      kafka,
      topic,
      holder: 'bench relay',
      logger: silent,
      signal: stopping.signal,
      onSent: ({ events }) => {
        sent += events;
        if (sent >= EVENTS) stopping.abort();
      },
    }),
  );
}

/** From the first event to the last: joining the group takes the brokers seconds, whoever asks. */
class Stretch {
  private beganMs = 0;
  private left = EVENTS;

  /** Counts; true once all are there. */
  take(count: number): boolean {
    if (this.left === EVENTS) this.beganMs = performance.now();
    this.left -= count;
    return this.left <= 0;
  }

  rate(): number {
    return (EVENTS * 1000) / (performance.now() - this.beganMs);
  }
}

async function feedRate(kafka: Kafka, pool: Pool): Promise<number> {
  const group = `bench.${randomUUID()}`;
  const healed: string[] = [];
  const feed = new KafkaFeed({
    kafka,
    topic,
    pool,
    holder: 'bench',
    logger: silent,
    // The log must not stand in for Kafka in a measurement of Kafka.
    healAfterMs: 60_000,
    onGuard: (guard) => {
      // A consumer made anew while the brokers load their groups costs nothing that is measured.
      if (guard !== 'crashed') healed.push(guard);
    },
  });
  const stretch = new Stretch();
  const buckets = (await feed.assignments(group)).map(({ bucket }) => bucket);
  const positions = new Map<number, number>();
  for (let isDone = false; !isDone;) {
    let isIdle = true;
    for (const [bucket, head] of await feed.heads(buckets)) {
      const after = positions.get(bucket) ?? 0;
      if (head <= after) continue;
      const events = await feed.fetch(bucket, after, 1_000);
      if (events.length === 0) continue;
      isIdle = false;
      positions.set(bucket, events.at(-1)?.position ?? after);
      isDone = stretch.take(events.length);
    }
    if (!isDone && isIdle) await feed.wake(25);
  }
  const rate = stretch.rate();
  await feed.release(group);
  feed.close();
  if (healed.length > 0) throw new Error(`The feed had to put right: ${[...new Set(healed)].join(', ')}`);
  return rate;
}

async function loopRate(kafka: Kafka, parses: boolean): Promise<number> {
  const consumer = kafka.consumer({ groupId: `bench.${randomUUID()}`, maxWaitTimeInMs: 250 });
  await consumer.connect();
  await consumer.subscribe({ topic: topic.name, fromBeginning: true });
  const stretch = new Stretch();
  const rate = await new Promise<number>((resolve, reject) => {
    consumer
      .run({
        autoCommit: false,
        eachBatch: ({ batch }) => {
          const events = parses
            ? batch.messages.map(({ value }) => JSON.parse(String(value)) as unknown)
            : batch.messages;
          if (stretch.take(events.length)) resolve(stretch.rate());
          return Promise.resolve();
        },
      })
      .catch(reject);
  });
  await consumer.disconnect();
  return rate;
}

async function bytesOfEvent(kafka: Kafka, folder: string): Promise<Row> {
  const admin = kafka.admin();
  await admin.connect();
  const offsets = await admin.fetchTopicOffsets(topic.name);
  await admin.disconnect();
  const messages = offsets.reduce((sum, { high }) => sum + Number(high), 0);
  const bytes = (await sizeOfTopic(folder, topic.name)) / messages;
  return {
    work: 'bytes of an event in the topic, uncompressed',
    figure: `${Math.round(bytes)} bytes`,
    value: bytes,
    target: null,
    reached: true,
  };
}
