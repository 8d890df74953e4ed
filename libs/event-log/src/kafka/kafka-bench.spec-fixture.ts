import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKafka, type Kafka } from '@funnelwatch/kafka';
import { type BrokerOptions, type RunningBroker, startBroker, whatBrokerLacks } from '@funnelwatch/testing/broker';
import type { Pool } from 'pg';
import { type FeedGuard, KafkaFeed, type KafkaFeedOptions } from './kafka-feed.js';
import { type RelayOptions, runRelay } from './run-relay.js';
import { defaultEventTopic, type EventTopic, prepareTopic } from './topic.js';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * What this machine lacks for the broker; null when nothing. Where tests must not be left out (CI), lacking it is an
 * error.
 */
export async function brokerLacks(): Promise<string | null> {
  const lacking = await whatBrokerLacks();
  if (lacking !== null && process.env['CI']) throw new Error(`Tests with a broker must run here: ${lacking}`);
  return lacking;
}

/** A broker, topics and relays for specs. */
export class KafkaBench {
  private readonly relays: { stop: AbortController; ended: Promise<void> }[] = [];
  private topics = 0;

  private constructor(
    private readonly folder: string,
    private readonly options: Omit<BrokerOptions, 'folder'>,
    public broker: RunningBroker,
    readonly kafka: Kafka,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<KafkaBench> {
    const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-broker-'));
    const options = { settings: { 'group.min.session.timeout.ms': '500', ...settings } };
    const broker = await startBroker({ folder, ...options });
    return new KafkaBench(folder, options, broker, createKafka({ brokers: broker.brokers, clientId: 'spec' }, silent));
  }

  /** A new topic, as the product makes it. */
  async topic(overrides: Partial<EventTopic> = {}): Promise<EventTopic> {
    const topic = { ...defaultEventTopic, name: `events.${(this.topics += 1)}`, bucketCount: 8, ...overrides };
    await prepareTopic(this.kafka, topic, this.broker.brokers);
    return topic;
  }

  async relay(
    pool: Pool,
    topic: EventTopic,
    overrides: Partial<RelayOptions> = {},
  ): Promise<{ stop(): Promise<void> }> {
    const stop = new AbortController();
    const holder = `relay ${this.relays.length}`;
    const ended = runRelay({
      pool,
      kafka: this.kafka,
      topic,
      holder,
      logger: silent,
      signal: stop.signal,
      ...overrides,
    });
    const relay = { stop, ended };
    this.relays.push(relay);
    return { stop: () => this.end(relay) };
  }

  feed(
    pool: Pool,
    topic: EventTopic,
    holder: string,
    overrides: Partial<KafkaFeedOptions> = {},
  ): KafkaFeed & { guards: FeedGuard[] } {
    const guards: FeedGuard[] = [];
    const onGuard = (guard: FeedGuard): void => void guards.push(guard);
    const feed = new KafkaFeed({ kafka: this.kafka, topic, pool, holder, logger: silent, onGuard, ...overrides });
    return Object.assign(feed, { guards });
  }

  /** SIGKILL, and up again on the same port with what was written. */
  async restartBroker(): Promise<void> {
    await this.broker.kill();
    this.broker = await startBroker({ folder: this.folder, ...this.options });
  }

  async stopRelays(): Promise<void> {
    await Promise.all(this.relays.splice(0).map((relay) => this.end(relay)));
  }

  async close(): Promise<void> {
    await this.stopRelays();
    await this.broker.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end({ stop, ended }: (typeof this.relays)[number]): Promise<void> {
    stop.abort();
    await ended;
  }
}
