import type { Consumer, Kafka, KafkaMessage } from '@funnelwatch/kafka';
import { errorFacts } from '../project/error-facts.js';
import { wait } from '../project/or-aborted.js';
import type { ProjectionLogger } from '../project/projection-options.js';

export interface GroupMemberOptions {
  kafka: Kafka;
  topic: string;
  groupId: string;
  /** A member not heard of for so long is taken for dead by the brokers. */
  sessionMs: number;
  stalledAfterMs: number;
  logger: ProjectionLogger;
  onMessages(partition: number, messages: KafkaMessage[]): void;
  /** The group has shared its partitions out anew. */
  onJoined(): void;
  /** Whether silence is suspicious: more should be coming. */
  isExpected(): boolean;
  onGuard(guard: 'stalled' | 'crashed'): void;
}

const WATCH_EVERY_MS = 1_000;
const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 10_000;
/** Without brokers kafkajs tries for half a minute. Whoever ends has ten seconds for everything, and these are asides. */
const COMMIT_WITHIN_MS = 1_000;
const LEAVE_WITHIN_MS = 2_500;
const CLOSE_WITHIN_MS = 5_000;

/**
 * Membership of a consumer group that survives what kafkajs does not: a consumer that crashed or that receives nothing
 * although more is there is closed and made anew, for ever. Offsets are committed by the caller alone.
 */
export class GroupMember {
  private consumer: Consumer | undefined;
  private assigned: number[] | null = null;
  private heardMs = performance.now();
  private restMs = FIRST_REST_MS;
  private isLeaving = false;
  private isRenewing = false;
  private hasCrashed = false;
  private watch: NodeJS.Timeout | undefined;
  private renewal: Promise<void> = Promise.resolve();
  private onAssigned: (() => void)[] = [];

  constructor(readonly options: GroupMemberOptions) {}

  /** Begins joining the group; returns at once. */
  start(): void {
    this.renewal = this.renew();
    this.watch = setInterval(() => this.lookForStall(), WATCH_EVERY_MS);
    this.watch.unref();
  }

  /**
   * Partitions the group gave this member last; waits for the first time until `untilMs` (of `performance.now`), null
   * when there was none by then.
   */
  async partitions(untilMs: number): Promise<number[] | null> {
    const leftMs = untilMs - performance.now();
    if (this.assigned === null && leftMs > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs);
        this.onAssigned.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return this.assigned;
  }

  pause(partition: number): void {
    this.tryNow((consumer) => consumer.pause([{ topic: this.options.topic, partitions: [partition] }]));
  }

  resume(partition: number): void {
    this.heardMs = performance.now();
    this.tryNow((consumer) => consumer.resume([{ topic: this.options.topic, partitions: [partition] }]));
  }

  /** Failures are of no consequence: the same is read again. */
  async commit(offsets: { partition: number; offset: string }[]): Promise<void> {
    const mine = offsets.filter(({ partition }) => this.assigned?.includes(partition));
    if (!this.consumer || mine.length === 0) return;
    const { topic, logger } = this.options;
    const committed = this.consumer.commitOffsets(mine.map((offset) => ({ topic, ...offset })));
    await atMost(COMMIT_WITHIN_MS, committed).catch((error: unknown) => {
      logger.info({ ...errorFacts(error) }, 'Offsets were not committed; the log decides where to go on');
    });
  }

  /** Leaves the group, so that its partitions go to others at once; brokers that do not answer find out by themselves. */
  async leave(): Promise<void> {
    this.isLeaving = true;
    clearInterval(this.watch);
    for (const told of this.onAssigned.splice(0)) told();
    // A renewal under way ends at its next step, now that its consumer is closed.
    const left = this.close().then(() => this.renewal.then(() => this.close()));
    await atMost(LEAVE_WITHIN_MS, left).catch(() => undefined);
  }

  private async renew(): Promise<void> {
    if (this.isRenewing) return;
    this.isRenewing = true;
    try {
      await this.close();
      while (!this.isLeaving) {
        try {
          this.hasCrashed = false;
          await this.run();
          // A crash on joining shows as an event alone, as when the coordinator of a new broker is still loading.
          if (!this.hasCrashed) return;
        } catch (error) {
          this.options.logger.warn({ restMs: this.restMs, ...errorFacts(error) }, 'Kafka cannot be read; trying again');
        }
        await this.close();
        await wait(this.restMs);
        this.restMs = Math.min(this.restMs * 2, LONGEST_REST_MS);
      }
    } finally {
      this.isRenewing = false;
    }
  }

  private async run(): Promise<void> {
    const { kafka, topic, groupId, sessionMs, logger } = this.options;
    const consumer = kafka.consumer({
      groupId,
      sessionTimeout: sessionMs,
      rebalanceTimeout: Math.max(sessionMs, 6_000),
      heartbeatInterval: Math.min(1_000, Math.floor(sessionMs / 4)),
      maxWaitTimeInMs: 250,
      allowAutoTopicCreation: false,
      // Crashes are dealt with here: kafkajs gives some of them up.
      retry: { restartOnFailure: () => Promise.resolve(false) },
    });
    this.consumer = consumer;
    this.heardMs = performance.now();
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (this.consumer !== consumer) return;
      this.assigned = [...(payload.memberAssignment[topic] ?? [])].sort((a, b) => a - b);
      this.heardMs = performance.now();
      this.restMs = FIRST_REST_MS;
      this.options.onJoined();
      for (const told of this.onAssigned.splice(0)) told();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (this.isLeaving || this.consumer !== consumer) return;
      this.options.onGuard('crashed');
      logger.warn({ ...errorFacts(payload.error) }, 'The consumer crashed and is made anew');
      this.hasCrashed = true;
      this.renewal = this.renew();
    });
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 1,
      eachBatch: async ({ batch, resolveOffset, heartbeat, isRunning, isStale }) => {
        if (!isRunning() || isStale() || this.consumer !== consumer) return;
        this.heardMs = performance.now();
        this.options.onMessages(batch.partition, batch.messages);
        // Taken into memory: where to read on. Nothing is committed by this.
        resolveOffset(batch.lastOffset());
        await heartbeat();
      },
    });
  }

  private async close(): Promise<void> {
    const { consumer } = this;
    this.consumer = undefined;
    if (!consumer) return;
    await atMost(CLOSE_WITHIN_MS, consumer.disconnect()).catch((error: unknown) =>
      this.options.logger.info({ ...errorFacts(error) }, 'The consumer did not close in order'),
    );
  }

  private lookForStall(): void {
    const nowMs = performance.now();
    if (this.isLeaving || this.isRenewing || !this.options.isExpected()) {
      this.heardMs = nowMs;
      return;
    }
    if (nowMs - this.heardMs < this.options.stalledAfterMs) return;
    this.heardMs = nowMs;
    this.options.onGuard('stalled');
    this.options.logger.warn({}, 'Kafka brings nothing although the log has grown; the consumer is made anew');
    this.renewal = this.renew();
  }

  private tryNow(work: (consumer: Consumer) => void): void {
    try {
      if (this.consumer) work(this.consumer);
    } catch {
      // Not joined at this moment: a consumer made anew starts with nothing paused.
    }
  }
}

/** What `work` comes to, or nothing once the time is over; a later failure is of no interest. */
async function atMost(limitMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, over]).finally(() => clearTimeout(timer));
}
