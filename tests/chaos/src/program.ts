import {
  defaultEventTopic,
  type Feed,
  KafkaFeed,
  PostgresFeed,
  runProjection,
  runRelay,
  WakeUpListener,
} from '@funnelwatch/event-log';
import { createKafka } from '@funnelwatch/kafka';
import { createPool } from '@funnelwatch/postgres';
import { apply } from './read-model.js';

/** What a process of the run is told in CHAOS_PROGRAM. */
export interface ProgramOrder {
  role: 'relay' | 'kafka worker' | 'log worker';
  name: string;
  databaseUrl: string;
  brokers: string[];
  topic: string;
  bucketCount: number;
  leaseMs: number;
}

/** A relay or a worker, with the leases of the product but shorter. */
async function run(order: ProgramOrder): Promise<void> {
  const { role, name, databaseUrl, brokers, bucketCount, leaseMs } = order;
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const pool = createPool({
    url: databaseUrl,
    applicationName: name,
    max: 6,
    idleInTransactionTimeoutMs: leaseMs,
    onConnectionError: () => undefined,
  });
  const listener = new WakeUpListener({ url: databaseUrl, applicationName: name });
  await listener.start();
  const kafka = createKafka({ brokers, clientId: name }, quiet);
  const topic = { ...defaultEventTopic, name: order.topic, bucketCount };
  const holder = `${name} ${process.pid}`;
  const signal = new AbortController().signal;
  if (role === 'relay') {
    await runRelay({ pool, kafka, topic, holder, listener, leaseMs, logger: quiet, signal, batchSize: 100 });
    return;
  }
  const feed: Feed =
    role === 'log worker'
      ? new PostgresFeed({ pool, holder, bucketCount, leaseMs, listener })
      : new KafkaFeed({ kafka, topic, pool, holder, leaseMs, sessionMs: leaseMs, listener, logger: quiet });
  const table = role === 'log worker' ? 'by_log' : 'by_kafka';
  await runProjection({
    name: table,
    feed,
    pool,
    logger: quiet,
    batchSize: 100,
    renewEveryMs: leaseMs / 4,
    longestRestMs: 1_000,
    signal,
    apply: (client, { bucket, events }) => apply(client, table, bucket, events),
  });
}

process.on('disconnect', () => process.exit(0));
const order = process.env['CHAOS_PROGRAM'];
if (order !== undefined) await run(JSON.parse(order) as ProgramOrder);
