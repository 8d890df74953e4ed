import { Rejection } from '@funnelwatch/kernel';
import { type Admin, type Kafka, kafkaRejection, type KafkaSettings } from '@funnelwatch/kafka';

export interface EventTopic {
  name: string;
  /** Partition = bucket. */
  bucketCount: number;
  /** How long the brokers keep messages; the log keeps everything for ever. */
  retentionMs: number;
  replication: number;
  /** Largest batch and message the topic takes; larger events travel without their content. */
  maxMessageBytes: number;
}

export const defaultEventTopic: EventTopic = {
  name: 'funnelwatch.events.v1',
  bucketCount: 16,
  retentionMs: 7 * 24 * 3_600_000,
  replication: 1,
  maxMessageBytes: 4 * 1024 * 1024,
};

/** The topic that the settings of a program name; what they leave open is as in `defaultEventTopic`. */
export function eventTopicOf(settings: KafkaSettings): EventTopic {
  return {
    ...defaultEventTopic,
    name: settings.KAFKA_TOPIC,
    replication: settings.KAFKA_REPLICATION,
    retentionMs: settings.KAFKA_RETENTION_MS,
  };
}

const CONFIG_RESOURCE_TOPIC = 2;

/**
 * Makes the topic when it is missing and refuses one that differs. Returns whether it was made.
 * Throws `Rejection` TOPIC_DIFFERS, KAFKA_UNREACHABLE, KAFKA_LOGIN_REFUSED or KAFKA_FAILED.
 */
export async function prepareTopic(kafka: Kafka, topic: EventTopic, brokers: readonly string[]): Promise<boolean> {
  return withAdmin(kafka, brokers, async (admin) => {
    const isMissing = !(await admin.listTopics()).includes(topic.name);
    if (isMissing) {
      await admin.createTopics({
        waitForLeaders: true,
        topics: [
          {
            topic: topic.name,
            numPartitions: topic.bucketCount,
            replicationFactor: topic.replication,
            configEntries: Object.entries(settingsOf(topic)).map(([name, value]) => ({ name, value })),
          },
        ],
      });
    }
    await refuseOtherTopic(admin, topic);
    return isMissing;
  });
}

/**
 * Throws `Rejection` TOPIC_MISSING or TOPIC_DIFFERS unless the topic is as it must be; failures of the brokers as
 * `prepareTopic` does.
 */
export async function checkTopic(kafka: Kafka, topic: EventTopic, brokers: readonly string[]): Promise<void> {
  await withAdmin(kafka, brokers, async (admin) => {
    if (!(await admin.listTopics()).includes(topic.name)) {
      throw new Rejection(
        'TOPIC_MISSING',
        `Kafka has no topic ${topic.name}. Run: funnelwatch migrate (with KAFKA_BROKERS set)`,
      );
    }
    await refuseOtherTopic(admin, topic);
  });
}

const settingsOf = (topic: EventTopic): Record<string, string> => ({
  'cleanup.policy': 'delete',
  'retention.ms': String(topic.retentionMs),
  'max.message.bytes': String(topic.maxMessageBytes),
});

async function refuseOtherTopic(admin: Admin, topic: EventTopic): Promise<void> {
  const differences: string[] = [];
  const { topics } = await admin.fetchTopicMetadata({ topics: [topic.name] });
  const partitions = topics[0]?.partitions.length ?? 0;
  if (partitions !== topic.bucketCount) {
    differences.push(`it has ${partitions} partitions instead of ${topic.bucketCount}`);
  }
  const wanted = settingsOf(topic);
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: CONFIG_RESOURCE_TOPIC, name: topic.name, configNames: Object.keys(wanted) }],
  });
  for (const { configName, configValue } of resources[0]?.configEntries ?? []) {
    if (configValue !== wanted[configName]) {
      differences.push(`${configName} is ${configValue} instead of ${wanted[configName]}`);
    }
  }
  if (differences.length === 0) return;
  throw new Rejection(
    'TOPIC_DIFFERS',
    `The topic ${topic.name} is not as Funnelwatch needs it: ${differences.join('; ')}. Change its settings, or delete it while everything is stopped and run "funnelwatch migrate": it only carries copies, nothing is lost with it.`,
    { details: { topic: topic.name, differences: differences.join('; ') } },
  );
}

async function withAdmin<Result>(
  kafka: Kafka,
  brokers: readonly string[],
  work: (admin: Admin) => Promise<Result>,
): Promise<Result> {
  const admin = kafka.admin();
  try {
    await admin.connect();
    return await work(admin);
  } catch (error) {
    throw kafkaRejection(error, brokers) ?? error;
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
