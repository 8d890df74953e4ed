import { defaultEventTopic, prepareTopic } from '@funnelwatch/event-log';
import { createKafka } from '@funnelwatch/kafka';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Makes the topic of events on the broker of this start. Throws `Rejection` TOPIC_DIFFERS or KAFKA_UNREACHABLE. */
export async function prepareEventTopic(brokers: string[]): Promise<void> {
  await prepareTopic(createKafka({ brokers, clientId: 'funnelwatch-start' }, silent), defaultEventTopic, brokers);
}
