import { Rejection } from '@funnelwatch/kernel';
import kafkajs from 'kafkajs';

/** A failure of the brokers as a `Rejection` whose sentence a user can act on; null for any other error. */
export function kafkaRejection(error: unknown, brokers: readonly string[]): Rejection | null {
  if (!(error instanceof kafkajs.KafkaJSError)) return null;
  const names = namesOf(error);
  if (names.some((name) => /SASLAuthentication|TopicAuthorization|ClusterAuthorization/i.test(name))) {
    return new Rejection('KAFKA_LOGIN_REFUSED', 'The brokers refuse this login. Check the settings of Kafka.', {
      cause: error,
    });
  }
  if (
    names.some((name) =>
      /Connection|BrokerNotFound|RequestTimeout|NumberOfRetriesExceeded|MetadataNotLoaded/i.test(name),
    )
  ) {
    return new Rejection(
      'KAFKA_UNREACHABLE',
      `No broker answers at ${brokers.join(', ')}. Start Kafka, or check KAFKA_BROKERS.`,
      { cause: error },
    );
  }
  return new Rejection('KAFKA_FAILED', `Kafka failed: ${error.message}`, { cause: error });
}

function namesOf(error: Error): string[] {
  const names = [error.name, (error as { type?: string }).type ?? ''];
  return error.cause instanceof Error ? [...names, ...namesOf(error.cause)] : names;
}
