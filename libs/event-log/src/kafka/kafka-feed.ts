import { int4Array } from '@funnelwatch/postgres';
import type { Kafka, KafkaMessage } from '@funnelwatch/kafka';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { chainHashInHex } from '../envelope.js';
import { PostgresLeases } from '../feed/postgres-leases.js';
import { WakeUp } from '../feed/wake-up.js';
import type { WakeUpListener } from '../feed/wake-up-listener.js';
import type { Feed, FeedAssignment } from '../port.js';
import type { ProjectionLogger } from '../project/projection-options.js';
import { readBucket } from '../read/read-bucket.js';
import { readIncarnation } from '../read/read-incarnation.js';
import { eventOfMessage, positionOf, type UnusableReason } from './event-message.js';
import { GroupMember } from './group-member.js';
import { MessageBuffer } from './message-buffer.js';
import type { EventTopic } from './topic.js';

/** What the feed put right; each is counted. */
export type FeedGuard = UnusableReason | 'duplicate' | 'gap' | 'late' | 'stalled' | 'crashed' | 'broken chain';

export interface KafkaFeedOptions {
  kafka: Kafka;
  topic: EventTopic;
  /** The log: who may work on a bucket stands there, and what Kafka does not bring is read there. */
  pool: Pool;
  /** Name of this worker, unlike any other's. */
  holder: string;
  logger: ProjectionLogger;
  listener?: WakeUpListener;
  /** A worker not heard of for so long loses its buckets; 10 s unless told. */
  leaseMs?: number;
  /** A member of the group not heard of for so long is taken for dead by the brokers; 10 s unless told. */
  sessionMs?: number;
  /** Most messages of a bucket in memory; 2000 unless told. */
  mostBuffered?: number;
  /** Most bytes of a bucket in memory; 8 MiB unless told. */
  mostBufferedBytes?: number;
  /** Events that Kafka has not brought so long after they stood in the log are read from there; 1 s unless told. */
  healAfterMs?: number;
  /** Kafka is silent for so long although the relay has sent more: the consumer is made anew; 30 s unless told. */
  stalledAfterMs?: number;
  onGuard?(guard: FeedGuard): void;
}

const COMMIT_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 1_000;
/** Without a member of the group for so long, the buckets are shared by leases alone: Kafka may be down. */
const WITHOUT_GROUP_AFTER_MS = 20_000;

interface FedBucket {
  buffer: MessageBuffer;
  isPaused: boolean;
  /** A position of the log that had not come by way of Kafka when it was seen; null when all had. */
  awaited: { position: number; sinceMs: number } | null;
  /** Read from the log instead, up to here. */
  healed: number;
  /** The last event handed out: the next one's hash is chained to it. */
  previous: { position: number; hash: string } | null;
}

/**
 * Events by way of Kafka. The group's membership decides which buckets a worker tries, the lease in the log which it
 * may have. Messages are hints and payloads: repeated ones are dropped by position, ones that are missing, too large,
 * unreadable, of another log or changed are replaced by what the log holds. Nothing is handed out that the log does not
 * hold. One feed serves one worker and one group.
 */
export class KafkaFeed implements Feed {
  private readonly leases: PostgresLeases;
  private readonly wakeUp = new WakeUp();
  private readonly buckets = new Map<number, FedBucket>();
  private readonly stopListening: (() => void) | undefined;
  private member: GroupMember | undefined;
  private incarnation = '';
  private startedMs = 0;
  private logHeads = new Map<number, number>();
  private lookedMs = Number.NEGATIVE_INFINITY;
  private hasNews = true;
  private committedMs = 0;

  constructor(private readonly options: KafkaFeedOptions) {
    const { pool, topic, leaseMs = 10_000 } = options;
    this.leases = new PostgresLeases(pool, { bucketCount: topic.bucketCount, leaseMs });
    this.stopListening = options.listener?.onWakeUp(() => {
      this.hasNews = true;
    });
  }

  async assignments(group: string): Promise<FeedAssignment[]> {
    const { holder } = this.options;
    const member = await this.join(group);
    const tried = await member.partitions(this.startedMs + WITHOUT_GROUP_AFTER_MS);
    const held = tried ? await this.leases.claim(group, holder, tried) : await this.leases.hold(group, holder);
    if (tried) for (const bucket of this.buckets.keys()) if (!tried.includes(bucket)) this.buckets.delete(bucket);
    return held;
  }

  async heads(buckets: readonly number[]): Promise<Map<number, number>> {
    const nowMs = performance.now();
    if (this.hasNews || nowMs - this.lookedMs >= LOOK_EVERY_MS) {
      this.hasNews = false;
      this.lookedMs = nowMs;
      this.logHeads = await this.readHeads();
    }
    const heads = new Map<number, number>();
    for (const bucket of buckets) {
      const inLog = this.logHeads.get(bucket) ?? 0;
      const fed = this.fed(bucket);
      const brought = Math.max(fed.buffer.last, fed.healed);
      if (!fed.awaited || fed.awaited.position <= brought) {
        fed.awaited = inLog > brought ? { position: inLog, sinceMs: nowMs } : null;
      }
      // What Kafka is about to bring is worth a moment; what the log does not hold does not exist.
      const head = this.isLate(fed, nowMs) ? (fed.awaited?.position ?? 0) : Math.min(brought, inLog);
      if (head > 0) heads.set(bucket, head);
    }
    await this.commitWhenDue(nowMs);
    return heads;
  }

  async fetch(bucket: number, after: number, limit: number): Promise<StoredEvent[]> {
    const fed = this.fed(bucket);
    fed.buffer.dropThrough(after);
    const head = this.logHeads.get(bucket) ?? 0;
    const events = this.takeRun(bucket, fed, after, Math.min(limit, head - after));
    this.resumeWhenDrained(bucket, fed);
    if (events.length > 0) return events;
    const gap = Math.min(this.missingThrough(fed), head) - after;
    if (gap <= 0) return [];
    const healed = await readBucket(this.options.pool, bucket, after, Math.min(limit, gap));
    const last = healed.at(-1);
    if (last) {
      fed.previous = { position: last.position, hash: last.hash };
      fed.healed = Math.max(fed.healed, last.position);
    }
    return healed;
  }

  wake(timeoutMs: number): Promise<void> {
    return this.wakeUp.wait(timeoutMs);
  }

  async release(group: string): Promise<void> {
    await this.commit();
    // First the lease, then the group: who comes next in the group finds the buckets free.
    await this.leases.release(group, this.options.holder);
    await this.member?.leave();
    this.member = undefined;
    this.buckets.clear();
  }

  close(): void {
    this.stopListening?.();
    void this.member?.leave();
    this.member = undefined;
  }

  private async join(group: string): Promise<GroupMember> {
    if (this.member) return this.member;
    this.incarnation ||= await readIncarnation(this.options.pool);
    this.startedMs = performance.now();
    const { kafka, topic, logger, sessionMs = 10_000, stalledAfterMs = 30_000 } = this.options;
    this.member = new GroupMember({
      kafka,
      topic: topic.name,
      groupId: `${topic.name}.${group}`,
      sessionMs,
      stalledAfterMs,
      logger,
      onMessages: (bucket, messages) => this.takeIn(bucket, messages),
      onJoined: () => this.pauseFullOnes(),
      isExpected: () => this.isExpected(),
      onGuard: (guard) => this.options.onGuard?.(guard),
    });
    this.member.start();
    return this.member;
  }

  private fed(bucket: number): FedBucket {
    let fed = this.buckets.get(bucket);
    if (!fed) {
      fed = { buffer: new MessageBuffer(), isPaused: false, awaited: null, healed: 0, previous: null };
      this.buckets.set(bucket, fed);
    }
    return fed;
  }

  /**
   * Up to where the log must stand in: to the next message that waits, to what Kafka has not brought in time, and to
   * what was handed out before, which a worker asks for again after a failure.
   */
  private missingThrough(fed: FedBucket): number {
    const next = fed.buffer.peek();
    if (next) {
      this.options.onGuard?.('gap');
      return next.position - 1;
    }
    const isLate = this.isLate(fed, performance.now());
    if (isLate) this.options.onGuard?.('late');
    return isLate ? (fed.awaited?.position ?? 0) : Math.max(fed.buffer.last, fed.healed);
  }

  private isLate({ awaited }: FedBucket, nowMs: number): boolean {
    return awaited !== null && nowMs - awaited.sinceMs >= (this.options.healAfterMs ?? 1_000);
  }

  /** A consumer that joined anew has nothing paused. */
  private pauseFullOnes(): void {
    for (const [bucket, fed] of this.buckets) if (fed.isPaused) this.member?.pause(bucket);
  }

  private takeIn(bucket: number, messages: KafkaMessage[]): void {
    const fed = this.fed(bucket);
    const place = { bucket, incarnation: this.incarnation };
    for (const message of messages) {
      const position = positionOf(place, message.headers);
      if (position === null) {
        this.options.onGuard?.('foreign');
        fed.buffer.pass(message);
      } else if (!fed.buffer.add(position, message)) {
        this.options.onGuard?.('duplicate');
      }
    }
    if (this.isFull(fed) && !fed.isPaused) {
      fed.isPaused = true;
      this.member?.pause(bucket);
    }
    this.hasNews = true;
    this.wakeUp.call();
  }

  private isFull({ buffer }: FedBucket): boolean {
    const { mostBuffered = 2_000, mostBufferedBytes = 8 * 1024 * 1024 } = this.options;
    return buffer.size >= mostBuffered || buffer.sizeBytes >= mostBufferedBytes;
  }

  private resumeWhenDrained(bucket: number, fed: FedBucket): void {
    const { mostBuffered = 2_000, mostBufferedBytes = 8 * 1024 * 1024 } = this.options;
    if (!fed.isPaused || fed.buffer.size > mostBuffered / 2 || fed.buffer.sizeBytes > mostBufferedBytes / 2) return;
    fed.isPaused = false;
    this.member?.resume(bucket);
  }

  /** The events right after a position that the buffer holds and that are what the log says. */
  private takeRun(bucket: number, fed: FedBucket, after: number, limit: number): StoredEvent[] {
    const events: StoredEvent[] = [];
    let position = after;
    for (let next = fed.buffer.peek(); next && events.length < limit; next = fed.buffer.peek()) {
      if (next.position !== position + 1) break;
      fed.buffer.shift();
      const event = eventOfMessage(bucket, next.position, next.message);
      if (typeof event === 'string') {
        this.options.onGuard?.(event);
        break;
      }
      if (!this.isChained(fed, event)) {
        this.options.onGuard?.('broken chain');
        break;
      }
      fed.previous = { position: event.position, hash: event.hash };
      events.push(event);
      position = event.position;
    }
    return events;
  }

  private isChained(fed: FedBucket, event: StoredEvent): boolean {
    const { previous } = fed;
    if (previous?.position !== event.position - 1) return true;
    const hash = chainHashInHex(previous.hash, event.digest, event);
    // Nothing comes of texts that are no hash and no id, and a message may lack its hash too.
    return hash !== '' && hash === event.hash;
  }

  private async readHeads(): Promise<Map<number, number>> {
    const buckets = Array.from({ length: this.options.topic.bucketCount }, (_, bucket) => bucket);
    const { rows } = await this.options.pool.query<{ bucket: number; position: number }>({
      name: 'log.heads',
      text: 'SELECT bucket, "position" FROM log.counter WHERE bucket = ANY ($1::int[]) AND "position" > 0',
      values: [int4Array(buckets)],
    });
    return new Map(rows.map((row) => [row.bucket, row.position]));
  }

  /** Whether the log holds more than Kafka has brought of a bucket that is not paused. */
  private isExpected(): boolean {
    return [...this.buckets].some(
      ([bucket, { buffer, isPaused }]) => !isPaused && (this.logHeads.get(bucket) ?? 0) > buffer.last,
    );
  }

  private async commitWhenDue(nowMs: number): Promise<void> {
    if (nowMs - this.committedMs < COMMIT_EVERY_MS) return;
    this.committedMs = nowMs;
    await this.commit();
  }

  /** Offsets only save reading again; where a worker goes on stands in its checkpoint. */
  private async commit(): Promise<void> {
    const offsets = [...this.buckets].flatMap(([partition, { buffer }]) =>
      buffer.nextOffset === null ? [] : [{ partition, offset: buffer.nextOffset }],
    );
    await this.member?.commit(offsets);
  }
}
