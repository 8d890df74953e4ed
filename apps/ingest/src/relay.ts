import { randomUUID } from 'node:crypto';
import {
  checkTopic,
  eventTopicOf,
  type ProjectionLag,
  readProjectionLag,
  RELAY,
  runRelay,
  WakeUpListener,
} from '@funnelwatch/event-log';
import { createKafka, type KafkaSettings } from '@funnelwatch/kafka';
import { Rejection } from '@funnelwatch/kernel';
import { counterOf, fillOnScrape, gaugeOf, type Logger, onShutdown, type Registry } from '@funnelwatch/observability';
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
  const sent = counterOf(registry, 'funnelwatch_relay_events_total');
  showLag(registry, pool, logger);
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

function showLag(registry: Registry, pool: Pool, logger: Logger): void {
  const events = gaugeOf(registry, 'funnelwatch_relay_lag_events');
  const seconds = gaugeOf(registry, 'funnelwatch_relay_lag_seconds');
  fillOnScrape<ProjectionLag[]>(registry, {
    reading: 'relay',
    gauges: [events, seconds],
    logger,
    read: () => readProjectionLag(pool, RELAY),
    fill: (lags) => {
      for (const lag of lags) {
        events.set({ bucket: String(lag.bucket) }, lag.events);
        seconds.set({ bucket: String(lag.bucket) }, lag.seconds);
      }
    },
  });
}
