import { randomUUID } from 'node:crypto';
import { checkTopic, eventTopicOf, readProjectionLag, RELAY, runRelay, WakeUpListener } from '@funnelwatch/event-log';
import { createKafka, type KafkaSettings } from '@funnelwatch/kafka';
import { Rejection } from '@funnelwatch/kernel';
import { Counter, Gauge, type Logger, onShutdown, type Registry } from '@funnelwatch/observability';
import type { Pool } from 'pg';

interface RelaySurroundings {
  pool: Pool;
  logger: Logger;
  registry: Registry;
}

/**
 * Copies the log to Kafka until the program ends. Throws `Rejection` TOPIC_MISSING or TOPIC_DIFFERS; brokers that do
 * not answer are waited for.
 */
export async function startRelay(
  settings: KafkaSettings & { DATABASE_URL: string },
  brokers: string[],
  { pool, logger, registry }: RelaySurroundings,
): Promise<void> {
  const kafka = createKafka({ brokers, clientId: 'funnelwatch-relay' }, logger);
  const topic = eventTopicOf(settings);
  await checkTopic(kafka, topic, brokers).catch((error: unknown) => {
    if (!(error instanceof Rejection) || error.code.startsWith('TOPIC_')) throw error;
    logger.warn({ code: error.code }, error.message);
  });
  const listener = new WakeUpListener({ url: settings.DATABASE_URL, applicationName: 'funnelwatch-relay' });
  await listener.start();
  const sent = new Counter({
    name: 'funnelwatch_relay_events_total',
    help: 'Events this process sent to Kafka and the brokers acknowledged.',
    labelNames: ['bucket'],
    registers: [registry],
  });
  measureLag(registry, pool);
  const stopping = new AbortController();
  const running = runRelay({
    pool,
    kafka,
    topic,
    listener,
    logger,
    holder: `relay ${process.pid} ${randomUUID()}`,
    signal: stopping.signal,
    onSent: ({ bucket, events }) => sent.inc({ bucket: String(bucket) }, events),
  });
  onShutdown(async () => {
    stopping.abort();
    await running;
    await listener.close();
  });
}

function measureLag(registry: Registry, pool: Pool): void {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['bucket'], registers: [registry] });
  const events = gauge('funnelwatch_relay_lag_events', 'Events appended to the bucket and not yet sent to Kafka.');
  const seconds = gauge('funnelwatch_relay_lag_seconds', 'Age of the oldest event that is not yet sent to Kafka.');
  const collect = async (): Promise<void> => {
    for (const lag of await readProjectionLag(pool, RELAY)) {
      events.set({ bucket: String(lag.bucket) }, lag.events);
      seconds.set({ bucket: String(lag.bucket) }, lag.seconds);
    }
  };
  // The registry asks all at once: each reads, so that none shows an older moment than it says.
  Object.assign(events, { collect });
  Object.assign(seconds, { collect });
}
