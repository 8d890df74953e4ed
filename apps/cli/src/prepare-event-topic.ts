import { parseConfig } from '@funnelwatch/config';
import { eventTopicOf, prepareTopic } from '@funnelwatch/event-log';
import { createKafka, kafkaSettings } from '@funnelwatch/kafka';
import { z } from 'zod';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Makes the topic of events where the environment names brokers. Returns its name and whether it was made, null without
 * brokers. Throws `Rejection` TOPIC_DIFFERS, KAFKA_UNREACHABLE, KAFKA_LOGIN_REFUSED or CONFIGURATION_INVALID.
 */
export async function prepareEventTopic(
  environment: Record<string, string | undefined>,
): Promise<{ topic: string; isNew: boolean } | null> {
  const given = Object.fromEntries(Object.entries(environment).filter(([name]) => name in kafkaSettings));
  const settings = parseConfig(z.object(kafkaSettings), given, { program: 'migrate' });
  const brokers = settings.KAFKA_BROKERS;
  if (!brokers) return null;
  const kafka = createKafka({ brokers, clientId: 'funnelwatch-cli' }, silent);
  const topic = eventTopicOf(settings);
  return { topic: topic.name, isNew: await prepareTopic(kafka, topic, brokers) };
}
