import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, Kafka, KafkaMessage } from '@funnelwatch/kafka';
import { errorFacts } from '../project/error-facts.js';
import { atMost, orAborted } from '../project/or-aborted.js';
import type { ProjectionLogger } from '../project/projection-options.js';

export interface GroupMemberOptions {
  kafka: Kafka;
  topic: string;
  groupId: string;
  /** A member not heard of for so long is taken for dead by the brokers. */
  sessionMs: number;
  /** Who hears nothing of the group for so long is none of its members any more. */
  withoutGroupAfterMs: number;
  logger: ProjectionLogger;
  onMessages(partition: number, messages: KafkaMessage[]): void;
  /** The group has shared its partitions out anew. */
  onJoined(): void;
  /** A consumer was made anew: it reads on where offsets were committed. */
  onRenewed(): void;
  /** Whether one of these partitions brings nothing although more should be coming. */
  isStalled(partitions: readonly number[]): boolean;
  onGuard(guard: 'stalled' | 'crashed'): void;
}

const WATCH_EVERY_MS = 1_000;
const FIRST_REST_MS = 250;
const LONGEST_REST_MS = 10_000;
/** Who is asked to leave does so in time even where no broker answers; the group notices then by the session. */
const LONGEST_GOODBYE_MS = 3_000;

/**
 * Membership of a consumer group that survives what kafkajs does not: a consumer that crashed or that receives nothing
 * although more is there is closed and made anew, for ever. Offsets are committed by the caller alone.
 */
export class GroupMember {
  private consumer: Consumer | undefined;
  private assigned: number[] | null = null;
  private heardOfGroupMs = performance.now();
  private restMs = FIRST_REST_MS;
  private isRenewing = false;
  private hasCrashed = false;
  private watch: NodeJS.Timeout | undefined;
  private renewal: Promise<void> = Promise.resolve();
  private onAssigned: (() => void)[] = [];
  private readonly leaving = new AbortController();

  constructor(readonly options: GroupMemberOptions) {}

  /** Begins joining the group; returns at once. */
  start(): void {
    this.heardOfGroupMs = performance.now();
    this.startRenewal();
    this.watch = setInterval(() => this.lookForStall(), WATCH_EVERY_MS);
    this.watch.unref();
  }

  /** Whether the group has not been heard of for so long that its last word counts no more. */
  get isOutside(): boolean {
    return performance.now() - this.heardOfGroupMs >= this.options.withoutGroupAfterMs;
  }

  /**
   * Partitions the group gave this member last; waits for the first time as long as it may be called a member and nobody
   * aborts, null when it may not.
   */
  async partitions(signal: AbortSignal): Promise<readonly number[] | null> {
    if (this.assigned === null && !this.isOutside) {
      const leftMs = this.heardOfGroupMs + this.options.withoutGroupAfterMs - performance.now();
      let timer: NodeJS.Timeout | undefined;
      const told = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, leftMs);
        this.onAssigned.push(resolve);
      });
      await orAborted(told, signal);
      clearTimeout(timer);
    }
    return this.isOutside ? null : this.assigned;
  }

  pause(partition: number): void {
    this.tryNow((consumer) => consumer.pause([{ topic: this.options.topic, partitions: [partition] }]));
  }

  resume(partition: number): void {
    this.tryNow((consumer) => consumer.resume([{ topic: this.options.topic, partitions: [partition] }]));
  }

  /** Failures are of no consequence: the same is read again. */
  async commit(offsets: { partition: number; offset: string }[]): Promise<void> {
    const mine = offsets.filter(({ partition }) => this.assigned?.includes(partition));
    if (!this.consumer || mine.length === 0) return;
    const { topic, logger } = this.options;
    await this.consumer.commitOffsets(mine.map((offset) => ({ topic, ...offset }))).catch((error: unknown) => {
      logger.info({ ...errorFacts(error) }, 'Offsets were not committed; the log decides where to go on');
    });
  }

  /** Leaves the group, so that its partitions go to others at once. Takes three seconds at most. */
  async leave(): Promise<void> {
    this.leaving.abort();
    clearInterval(this.watch);
    for (const told of this.onAssigned.splice(0)) told();
    await atMost(LONGEST_GOODBYE_MS, Promise.all([this.close(), this.renewal]));
  }

  private startRenewal(): void {
    if (this.isRenewing || this.isLeaving) return;
    this.isRenewing = true;
    this.renewal = this.renew().finally(() => (this.isRenewing = false));
  }

  private get isLeaving(): boolean {
    return this.leaving.signal.aborted;
  }

  private async renew(): Promise<void> {
    await this.close();
    while (!this.isLeaving) {
      try {
        this.hasCrashed = false;
        this.options.onRenewed();
        await this.run();
        // A crash on joining shows as an event alone, as when the coordinator of a new broker is still loading.
        if (!this.hasCrashed && !this.isLeaving) return;
      } catch (error) {
        this.options.logger.warn({ restMs: this.restMs, ...errorFacts(error) }, 'Kafka cannot be read; trying again');
      }
      await this.close();
      await sleep(this.restMs, undefined, { signal: this.leaving.signal }).catch(() => undefined);
      this.restMs = Math.min(this.restMs * 2, LONGEST_REST_MS);
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
    const isMine = (): boolean => this.consumer === consumer && !this.isLeaving;
    consumer.on(consumer.events.HEARTBEAT, () => {
      if (isMine()) this.heardOfGroupMs = performance.now();
    });
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      if (!isMine()) return;
      this.assigned = [...(payload.memberAssignment[topic] ?? [])].sort((a, b) => a - b);
      this.heardOfGroupMs = performance.now();
      this.restMs = FIRST_REST_MS;
      this.options.onJoined();
      for (const told of this.onAssigned.splice(0)) told();
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!isMine()) return;
      this.options.onGuard('crashed');
      logger.warn({ ...errorFacts(payload.error) }, 'The consumer crashed and is made anew');
      this.hasCrashed = true;
      this.startRenewal();
    });
    await consumer.connect();
    // Asked to leave meanwhile: joining now would take partitions that nobody works on.
    if (!isMine()) return consumer.disconnect();
    await consumer.subscribe({ topic, fromBeginning: true });
    if (!isMine()) return consumer.disconnect();
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 1,
      eachBatch: async ({ batch, resolveOffset, heartbeat, isRunning, isStale }) => {
        if (!isRunning() || isStale() || !isMine()) return;
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
    await atMost(LONGEST_GOODBYE_MS, consumer.disconnect()).catch((error: unknown) =>
      this.options.logger.info({ ...errorFacts(error) }, 'The consumer did not close in order'),
    );
  }

  private lookForStall(): void {
    if (this.isLeaving || this.isRenewing || !this.assigned || !this.options.isStalled(this.assigned)) return;
    this.options.onGuard('stalled');
    this.options.logger.warn({}, 'Kafka does not bring what the relay has sent; the consumer is made anew');
    this.startRenewal();
  }

  private tryNow(work: (consumer: Consumer) => void): void {
    try {
      if (this.consumer) work(this.consumer);
    } catch {
      // Not joined at this moment: what is paused is told again on joining.
    }
  }
}
