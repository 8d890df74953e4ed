import { z } from 'zod';

/** Settings of Kafka in the environment, to be spread into a program's schema. Without KAFKA_BROKERS there is no Kafka. */
export const kafkaSettings = {
  /** `host:port,host:port`. */
  KAFKA_BROKERS: z
    .string()
    .regex(/^[^\s,:]+:\d{1,5}(,[^\s,:]+:\d{1,5})*$/, 'must be a list such as kafka-1:9092,kafka-2:9092')
    .transform((text) => text.split(','))
    .optional(),
  KAFKA_TOPIC: z
    .string()
    .regex(/^[\w.-]{1,200}$/, 'must be a name of letters, digits, dots and dashes')
    .default('funnelwatch.events.v1'),
  /** Copies of the topic among the brokers. */
  KAFKA_REPLICATION: z.coerce.number().int().min(1).max(7).default(1),
  /** How long the brokers keep messages: longer than any worker may be away and still be fed by Kafka. */
  KAFKA_RETENTION_MS: z.coerce
    .number()
    .int()
    .min(60_000)
    .default(7 * 24 * 3_600_000),
};

/** What `kafkaSettings` give. */
export interface KafkaSettings {
  KAFKA_BROKERS?: string[];
  KAFKA_TOPIC: string;
  KAFKA_REPLICATION: number;
  KAFKA_RETENTION_MS: number;
}
