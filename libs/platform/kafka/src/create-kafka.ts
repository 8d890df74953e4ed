import kafkajs, { type Kafka, type SASLOptions } from 'kafkajs';
import type { ConnectionOptions } from 'node:tls';

export interface KafkaConnection {
  /** `host:port` of one broker or several. */
  brokers: string[];
  /** Name under which the brokers know this program. */
  clientId: string;
  /** TLS towards the brokers; plain text unless told. */
  ssl?: ConnectionOptions;
  sasl?: SASLOptions;
}

export interface KafkaLogger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const levelOf: Record<number, keyof KafkaLogger> = {
  [kafkajs.logLevel.ERROR]: 'warn',
  [kafkajs.logLevel.WARN]: 'warn',
  [kafkajs.logLevel.INFO]: 'debug',
  [kafkajs.logLevel.DEBUG]: 'debug',
};
/** What kafkajs may say of a failure; everything else it carries could quote a message. */
const loggedFields = ['broker', 'topic', 'groupId', 'memberId', 'error', 'retryCount', 'retryTime'];

/**
 * A client of the brokers. What kafkajs logs goes to `logger` without payloads; its errors are warnings, because it
 * retries them itself and whoever uses it reports what is left.
 */
export function createKafka(connection: KafkaConnection, logger: KafkaLogger): Kafka {
  return new kafkajs.Kafka({
    brokers: connection.brokers,
    clientId: connection.clientId,
    ssl: connection.ssl,
    sasl: connection.sasl,
    connectionTimeout: 3_000,
    // Also covers a coordinator that is still loading after the start of a broker.
    retry: { initialRetryTime: 100, maxRetryTime: 5_000, retries: 8 },
    logLevel: kafkajs.logLevel.WARN,
    logCreator:
      () =>
      ({ namespace, level, log }) => {
        const fields = Object.fromEntries(loggedFields.filter((name) => name in log).map((name) => [name, log[name]]));
        logger[levelOf[level] ?? 'debug']({ client: namespace, ...fields }, log.message);
      },
  });
}
