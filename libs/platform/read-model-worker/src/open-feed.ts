import {
  checkTopic,
  eventTopicOf,
  type Feed,
  KafkaFeed,
  PostgresFeed,
  type WakeUpListener,
} from '@funnelwatch/event-log';
import { createKafka, type KafkaSettings } from '@funnelwatch/kafka';
import { Rejection } from '@funnelwatch/kernel';
import type { Logger, Registry } from '@funnelwatch/observability';
import type { Pool } from 'pg';
import { kafkaGuards } from './kafka-guards.js';

interface FeedSurroundings {
  pool: Pool;
  listener: WakeUpListener;
  logger: Logger;
  registry: Registry;
  holder: string;
  /** What the brokers know this program as. */
  clientId: string;
}

/**
 * The feed that the settings name: Kafka where there are brokers, otherwise the log itself. Throws `Rejection`
 * TOPIC_MISSING or TOPIC_DIFFERS; brokers that do not answer are waited for, meanwhile the log feeds.
 */
export async function openFeed(
  settings: KafkaSettings,
  { pool, listener, logger, registry, holder, clientId }: FeedSurroundings,
): Promise<Feed & { close(): void }> {
  const brokers = settings.KAFKA_BROKERS;
  if (!brokers) return new PostgresFeed({ pool, listener, holder });
  const kafka = createKafka({ brokers, clientId }, logger);
  const topic = eventTopicOf(settings);
  await checkTopic(kafka, topic, brokers).catch((error: unknown) => {
    if (!(error instanceof Rejection) || error.code.startsWith('TOPIC_')) throw error;
    logger.warn({ code: error.code }, error.message);
  });
  return new KafkaFeed({ kafka, topic, pool, listener, logger, holder, onGuard: kafkaGuards(registry) });
}
