export { createKafka, type KafkaConnection, type KafkaLogger } from './create-kafka.js';
export { kafkaSettings, type KafkaSettings } from './kafka-settings.js';
export { kafkaRejection } from './kafka-rejection.js';
export type { Admin, Consumer, EachBatchPayload, IHeaders, Kafka, KafkaMessage, Producer } from 'kafkajs';
