import type { Kafka, KafkaMessage } from '@funnelwatch/kafka';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { CHAIN_START, chainHashInHex } from '../envelope.js';
import { PostgresLeases } from '../feed/postgres-leases.js';
import { WakeUp } from '../feed/wake-up.js';
import type { WakeUpListener } from '../feed/wake-up-listener.js';
import type { Feed, FeedAssignment } from '../port.js';
import type { ProjectionLogger } from '../project/projection-options.js';
import { atMost } from '../project/or-aborted.js';
import { readBucket } from '../read/read-bucket.js';
import { readIncarnation } from '../read/read-incarnation.js';
import { eventOfMessage, positionOf, type UnusableReason } from './event-message.js';
import { GroupMember } from './group-member.js';
import { MessageBuffer } from './message-buffer.js';
import { RELAY } from './run-relay.js';
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
  /** Kafka does not bring for so long what the relay has sent: the consumer is made anew; 30 s unless told. */
  stalledAfterMs?: number;
  /** Not heard of the group for so long, the buckets are shared by leases alone: Kafka may be down; 20 s unless told. */
  withoutGroupAfterMs?: number;
  onGuard?(guard: FeedGuard): void;
}

const NEVER = new AbortController().signal;
const COMMIT_EVERY_MS = 5_000;
const LOOK_EVERY_MS = 1_000;
/** Committing must not keep a worker from giving its buckets back. */
const LONGEST_LAST_COMMIT_MS = 1_000;

interface FedBucket {
  buffer: MessageBuffer;
  isPaused: boolean;
  /** A position of the log that had not come by way of Kafka when it was seen; null when all had. */
  awaited: { position: number; sinceMs: number } | null;
  /** Read from the log instead, up to here. */
  healed: number;
  /** The last event handed out: the next one's hash is chained to it. */
  previous: { position: number; hash: string } | null;
  /** What the relay had sent when reading began: older messages may be behind a committed offset, or gone. */
  sentBefore: number | null;
  /** Since when the relay has sent more than Kafka has brought; null when it has not. */
  silentSinceMs: number | null;
}

/** Positions of a bucket in the log. */
interface Standing {
  head: number;
  /** Up to where the brokers acknowledged the relay. */
  sent: number;
  /** Up to where the worker's read model is committed. */
  reached: number;
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
  private group = '';
  private incarnation = '';
  private standings = new Map<number, Standing>();
  private lookedMs = Number.NEGATIVE_INFINITY;
  private hasNews = true;
  private committedMs = performance.now();
  private committing: Promise<void> | null = null;

  constructor(private readonly options: KafkaFeedOptions) {
    const { pool, topic, leaseMs = 10_000 } = options;
    this.leases = new PostgresLeases(pool, { bucketCount: topic.bucketCount, leaseMs });
    this.stopListening = options.listener?.onWakeUp(() => {
      this.hasNews = true;
      // Where Kafka brings nothing, nobody else wakes the worker.
      if (this.member?.isOutside) this.wakeUp.call();
    });
  }

  async assignments(group: string, signal = NEVER): Promise<FeedAssignment[]> {
    const { holder } = this.options;
    const member = await this.join(group);
    const tried = await member.partitions(signal);
    if (signal.aborted) return [];
    if (!tried) return this.leases.hold(group, holder);
    for (const [bucket, fed] of this.buckets) {
      if (tried.includes(bucket)) continue;
      // kafkajs remembers what is paused although the partition goes away and comes back.
      if (fed.isPaused) member.resume(bucket);
      this.buckets.delete(bucket);
    }
    return this.leases.claim(group, holder, tried);
  }

  async heads(buckets: readonly number[]): Promise<Map<number, number>> {
    const nowMs = performance.now();
    if (this.hasNews || nowMs - this.lookedMs >= LOOK_EVERY_MS) {
      this.hasNews = false;
      this.lookedMs = nowMs;
      await this.look();
    }
    const heads = new Map<number, number>();
    for (const bucket of buckets) {
      const inLog = this.standings.get(bucket)?.head ?? 0;
      const fed = this.fed(bucket);
      const brought = Math.max(fed.buffer.last, fed.healed);
      if (!fed.awaited || fed.awaited.position <= brought) {
        fed.awaited = inLog > brought ? { position: inLog, sinceMs: nowMs } : null;
      }
      // What Kafka is about to bring is worth a moment; what the log does not hold does not exist.
      const head = this.isLate(fed, nowMs) ? (fed.awaited?.position ?? 0) : Math.min(brought, inLog);
      if (head > 0) heads.set(bucket, head);
    }
    if (nowMs - this.committedMs >= COMMIT_EVERY_MS) void this.commit();
    return heads;
  }

  async fetch(bucket: number, after: number, limit: number): Promise<StoredEvent[]> {
    const fed = this.fed(bucket);
    const head = this.standings.get(bucket)?.head ?? 0;
    fed.buffer.dropThrough(after);
    if (fed.previous?.position !== after && fed.buffer.peek()?.position === after + 1) {
      fed.previous = await this.anchor(bucket, after);
    }
    const events = this.takeRun(bucket, fed, after, Math.min(limit, head - after));
    fed.buffer.handOut();
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
    await atMost(LONGEST_LAST_COMMIT_MS, this.commit());
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
    this.group = group;
    const { kafka, topic, logger, sessionMs = 10_000, withoutGroupAfterMs = 20_000 } = this.options;
    this.member = new GroupMember({
      kafka,
      topic: topic.name,
      groupId: `${topic.name}.${group}`,
      sessionMs,
      withoutGroupAfterMs,
      logger,
      onMessages: (bucket, messages) => this.takeIn(bucket, messages),
      onJoined: () => this.tellPauses(),
      onRenewed: () => this.forgetSilence(),
      isStalled: (partitions) => this.isStalled(partitions),
      onGuard: (guard) => this.options.onGuard?.(guard),
    });
    this.member.start();
    return this.member;
  }

  private fed(bucket: number): FedBucket {
    let fed = this.buckets.get(bucket);
    if (!fed) {
      fed = {
        buffer: new MessageBuffer(),
        isPaused: false,
        awaited: null,
        healed: 0,
        previous: null,
        sentBefore: this.standings.get(bucket)?.sent ?? null,
        silentSinceMs: null,
      };
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

  /** A consumer that was made anew has nothing paused, one that joined again has what it had. */
  private tellPauses(): void {
    for (let bucket = 0; bucket < this.options.topic.bucketCount; bucket += 1) {
      if (this.buckets.get(bucket)?.isPaused) this.member?.pause(bucket);
      else this.member?.resume(bucket);
    }
  }

  private takeIn(bucket: number, messages: KafkaMessage[]): void {
    const fed = this.fed(bucket);
    const place = { bucket, incarnation: this.incarnation };
    const reached = this.standings.get(bucket)?.reached ?? 0;
    fed.silentSinceMs = null;
    for (const message of messages) {
      const position = positionOf(place, message.headers);
      if (position === null) {
        this.options.onGuard?.('foreign');
        fed.buffer.pass(message);
      } else if (position <= reached) {
        this.options.onGuard?.('duplicate');
        fed.buffer.skip(position, message);
      } else if (!fed.buffer.add(position, message)) {
        this.options.onGuard?.('duplicate');
      }
    }
    if (this.isFull(fed) && !fed.isPaused) {
      fed.isPaused = true;
      this.member?.pause(bucket);
    }
    // How far the log is must be known only for what lies beyond what is known of it.
    if (fed.buffer.last > (this.standings.get(bucket)?.head ?? 0)) this.hasNews = true;
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

  /** Its hash covers all that stands in the headers: position, version, portal, time and digest. */
  private isChained({ previous }: FedBucket, event: StoredEvent): boolean {
    if (previous?.position !== event.position - 1) return false;
    try {
      const hash = chainHashInHex(previous.hash, event.digest, event);
      // Empty for headers that cannot be read, as is a hash that is missing: these two are not the same.
      return hash !== '' && hash === event.hash;
    } catch {
      // A fraction of a second that is no number.
      return false;
    }
  }

  /** Whose hash the first event is chained to that is handed out after a position. */
  private async anchor(bucket: number, position: number): Promise<FedBucket['previous']> {
    if (position === 0) return { position, hash: CHAIN_START.toString('hex') };
    const { rows } = await this.options.pool.query<{ hash: Buffer }>({
      name: 'log.hash_at',
      text: 'SELECT hash FROM log.event WHERE bucket = $1 AND "position" = $2',
      values: [bucket, position],
    });
    return rows[0] ? { position, hash: rows[0].hash.toString('hex') } : null;
  }

  /** Sees how far the log, the relay and the worker are, and what follows from it for what has come. */
  private async look(): Promise<void> {
    const cameBefore = new Map([...this.buckets].map(([bucket, { buffer }]) => [bucket, buffer.last]));
    const { rows } = await this.options.pool.query<Standing & { bucket: number }>({
      name: 'log.standings',
      text: `SELECT log.bucket, log."position" AS head, coalesce(relay."position", 0) AS sent,
                    coalesce(worker."position", 0) AS reached
               FROM log.counter AS log
               LEFT JOIN log.checkpoint AS relay ON relay.projection = $1 AND relay.bucket = log.bucket
               LEFT JOIN log.checkpoint AS worker ON worker.projection = $2 AND worker.bucket = log.bucket
              WHERE log."position" > 0`,
      values: [RELAY, this.group],
    });
    this.standings = new Map(rows.map(({ bucket, ...standing }) => [bucket, standing]));
    const nowMs = performance.now();
    for (const [bucket, fed] of this.buckets) {
      const { head, sent, reached } = this.standings.get(bucket) ?? { head: 0, sent: 0, reached: 0 };
      // Sent before it was committed: that cannot be.
      if ((cameBefore.get(bucket) ?? 0) > head) {
        fed.buffer.dropBeyond(head);
        this.options.onGuard?.('foreign');
      }
      fed.buffer.reached(reached);
      this.resumeWhenDrained(bucket, fed);
      fed.sentBefore ??= sent;
      const isSilent = !fed.isPaused && sent > Math.max(fed.buffer.last, fed.sentBefore);
      fed.silentSinceMs = isSilent ? (fed.silentSinceMs ?? nowMs) : null;
    }
  }

  private isStalled(partitions: readonly number[]): boolean {
    const { stalledAfterMs = 30_000 } = this.options;
    const nowMs = performance.now();
    return partitions.some((bucket) => {
      const sinceMs = this.buckets.get(bucket)?.silentSinceMs ?? nowMs;
      return nowMs - sinceMs >= stalledAfterMs;
    });
  }

  private forgetSilence(): void {
    for (const [bucket, fed] of this.buckets) {
      fed.sentBefore = this.standings.get(bucket)?.sent ?? null;
      fed.silentSinceMs = null;
    }
  }

  /** Offsets only save reading again; where a worker goes on stands in its checkpoint. One attempt at a time. */
  private commit(): Promise<void> {
    this.committing ??= this.commitNow().finally(() => {
      this.committing = null;
      this.committedMs = performance.now();
    });
    return this.committing;
  }

  private async commitNow(): Promise<void> {
    const offsets = [...this.buckets].flatMap(([partition, { buffer }]) =>
      buffer.committable === null ? [] : [{ partition, offset: buffer.committable }],
    );
    await this.member?.commit(offsets);
  }
}
