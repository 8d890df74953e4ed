import { textColumns } from '@funnelwatch/postgres';
import type { Kafka, Producer } from '@funnelwatch/kafka';
import type { Pool } from 'pg';
import { PostgresLeases } from '../feed/postgres-leases.js';
import { WakeUp } from '../feed/wake-up.js';
import type { WakeUpListener } from '../feed/wake-up-listener.js';
import { claimCheckpoint } from '../project/checkpoint.js';
import { errorFacts } from '../project/error-facts.js';
import { atMost, orAborted } from '../project/or-aborted.js';
import type { ProjectionLogger } from '../project/projection-options.js';
import { EVENT_COLUMNS, type EventRow } from '../read/read-events.js';
import { readIncarnation } from '../read/read-incarnation.js';
import { type EventMessage, messageOf } from './event-message.js';
import type { EventTopic } from './topic.js';

/** Name of the relay's leases and checkpoints. */
export const RELAY = 'relay';

export interface RelayOptions {
  pool: Pool;
  kafka: Kafka;
  topic: EventTopic;
  /** Name of this relay, unlike any other's. */
  holder: string;
  logger: ProjectionLogger;
  /** Ends the work: what is under way is acknowledged, the buckets are given back. */
  signal: AbortSignal;
  listener?: WakeUpListener;
  /** Most events in one message set; 500 unless told. */
  batchSize?: number;
  /** A relay not heard of for so long loses its buckets; 10 s unless told. */
  leaseMs?: number;
  /** Called with every message set that the brokers acknowledged. */
  onSent?(sent: { bucket: number; events: number; position: number }): void;
}

const LONGEST_IDLE_MS = 500;
const POLL_WITHOUT_LISTENER_MS = 50;
const BUCKETS_AT_ONCE = 4;
/** Waits for what is under way no longer than this when asked to end; what was acknowledged without our knowing is sent again. */
const LONGEST_GOODBYE_MS = 3_000;
/** Stored size of what is read at once, unless one event is larger. */
const MOST_BYTES_READ = 4 * 1024 * 1024;
const FIRST_REST_MS = 100;
const LONGEST_REST_MS = 10_000;
/** Room for what a message carries beside its value. */
const OVERHEAD_BYTES = 2_048;

/**
 * Copies the log to the topic until `signal` aborts, at least once and in order: events of a bucket go to the partition
 * of its number, and its checkpoint moves when the brokers have acknowledged them. Several relays share the buckets by
 * leases; a fenced one may repeat a set it had under way, which readers drop by position. Failures of brokers or
 * database are tried again for ever, each after a longer rest.
 */
export async function runRelay(options: RelayOptions): Promise<void> {
  await new Relay(options).run();
}

interface RelayedBucket {
  bucket: number;
  epoch: number;
  position: number;
}

class Relay {
  private readonly leases: PostgresLeases;
  private readonly leaseMs: number;
  private readonly wakeUp = new WakeUp();
  private held = new Map<number, RelayedBucket>();
  private renewAtMs = 0;
  private restMs = FIRST_REST_MS;
  private incarnation = '';
  private producer: Producer | undefined;
  /** Position before the hole that was complained about, by bucket. */
  private readonly holes = new Map<number, number>();

  constructor(private readonly options: RelayOptions) {
    this.leaseMs = options.leaseMs ?? 10_000;
    this.leases = new PostgresLeases(options.pool, { bucketCount: options.topic.bucketCount, leaseMs: this.leaseMs });
  }

  async run(): Promise<void> {
    const { signal, listener, logger, holder } = this.options;
    const stopListening = listener?.onWakeUp(() => this.wakeUp.call());
    const working = this.work();
    await orAborted(working, signal);
    await atMost(LONGEST_GOODBYE_MS, working);
    stopListening?.();
    if (this.producer) await atMost(LONGEST_GOODBYE_MS, this.producer.disconnect()).catch(() => undefined);
    await this.leases.release(RELAY, holder).catch((error: unknown) => {
      logger.warn({ relay: holder, ...errorFacts(error) }, 'The buckets could not be given back; they expire');
    });
  }

  private async work(): Promise<void> {
    const { signal, logger, holder } = this.options;
    while (!signal.aborted) {
      try {
        this.incarnation ||= await readIncarnation(this.options.pool);
        await this.connect();
        await this.renewWhenDue();
        const isBusy = await this.relayAll();
        this.restMs = FIRST_REST_MS;
        if (!isBusy) await this.sleep();
      } catch (error) {
        if (signal.aborted) return;
        logger.warn({ relay: holder, restMs: this.restMs, ...errorFacts(error) }, 'The relay rests and tries again');
        // Where a message set went is unknown: take the buckets up from their checkpoints.
        this.held.clear();
        this.renewAtMs = 0;
        await orAborted(new Promise((resolve) => setTimeout(resolve, this.restMs)), signal);
        this.restMs = Math.min(this.restMs * 2, LONGEST_REST_MS);
      }
    }
  }

  private async connect(): Promise<void> {
    if (this.producer) return;
    const producer = this.options.kafka.producer({
      allowAutoTopicCreation: false,
      maxInFlightRequests: BUCKETS_AT_ONCE,
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? 0,
    });
    await producer.connect();
    this.producer = producer;
  }

  private async renewWhenDue(): Promise<void> {
    if (performance.now() < this.renewAtMs) return;
    const { pool, holder } = this.options;
    const assignments = await this.leases.hold(RELAY, holder);
    this.renewAtMs = performance.now() + this.leaseMs / 3;
    const held = new Map<number, RelayedBucket>();
    for (const { bucket, epoch } of assignments) {
      const known = this.held.get(bucket);
      if (known?.epoch === epoch) {
        held.set(bucket, known);
        continue;
      }
      const checkpoint = await claimCheckpoint(pool, RELAY, bucket, epoch);
      if (checkpoint) held.set(bucket, { bucket, epoch, position: checkpoint.position });
    }
    this.held = held;
  }

  /** One message set of every bucket that has something new. Returns whether any was sent. */
  private async relayAll(): Promise<boolean> {
    if (this.held.size === 0) return false;
    const { rows } = await this.options.pool.query<{ bucket: number; position: number }>({
      name: 'relay.heads',
      text: 'SELECT bucket, "position" FROM log.counter WHERE "position" > 0',
    });
    const due = rows.flatMap(({ bucket, position }) => {
      const held = this.held.get(bucket);
      return held && held.position < position ? [held] : [];
    });
    let isBusy = false;
    for (let from = 0; from < due.length && !this.options.signal.aborted; from += BUCKETS_AT_ONCE) {
      const sent = await Promise.all(due.slice(from, from + BUCKETS_AT_ONCE).map((bucket) => this.relay(bucket)));
      isBusy ||= sent.includes(true);
      await this.renewWhenDue();
    }
    return isBusy;
  }

  /** Returns whether there was something to send. */
  private async relay(held: RelayedBucket): Promise<boolean> {
    const { bucket } = held;
    if (this.held.get(bucket) !== held) return false;
    const rows = await this.read(held);
    if (rows.length === 0) return false;
    let position = held.position;
    for (const messages of this.sets(bucket, rows)) {
      await this.producer?.send({ topic: this.options.topic.name, acks: -1, messages });
      const sent = position + messages.length;
      if (!(await this.advance(held, position, sent))) {
        this.held.delete(bucket);
        return true;
      }
      position = sent;
      held.position = sent;
      this.options.onSent?.({ bucket, events: messages.length, position });
    }
    return true;
  }

  /** Consecutive rows after the bucket's position; nothing is sent past a missing one. */
  private async read({ bucket, position }: RelayedBucket): Promise<EventRow[]> {
    const { rows } = await this.options.pool.query<EventRow>({
      name: 'relay.read',
      text: `SELECT ${EVENT_COLUMNS}
               FROM (SELECT *, sum(pg_column_size(body) + coalesce(pg_column_size(sealed), 0))
                                 OVER (ORDER BY "position") AS bytes
                       FROM log.event WHERE bucket = $1 AND "position" > $2 ORDER BY "position" LIMIT $3) AS event
              WHERE bytes <= $4 OR "position" = $2 + 1
              ORDER BY "position"`,
      values: [bucket, position, this.options.batchSize ?? 500, MOST_BYTES_READ],
      rowMode: 'array',
      types: textColumns,
    });
    const hole = rows.findIndex((row, index) => Number(row[0]) !== position + index + 1);
    if (hole === -1) return rows;
    const after = position + hole;
    if (this.holes.get(bucket) !== after) {
      this.holes.set(bucket, after);
      this.options.logger.error({ bucket, after }, 'The log has a hole: the relay waits before it');
    }
    return rows.slice(0, hole);
  }

  /** Splits rows so that no set is larger than the topic takes. */
  private *sets(bucket: number, rows: EventRow[]): Generator<EventMessage[]> {
    const mostBytes = this.options.topic.maxMessageBytes;
    let set: EventMessage[] = [];
    let bytes = 0;
    for (const row of rows) {
      const message = messageOf({ bucket, incarnation: this.incarnation }, row, mostBytes - OVERHEAD_BYTES);
      const size = message.value.length + OVERHEAD_BYTES;
      if (set.length > 0 && bytes + size > mostBytes) {
        yield set;
        set = [];
        bytes = 0;
      }
      set.push(message);
      bytes += size;
    }
    if (set.length > 0) yield set;
  }

  /** False when a later holder has the bucket. */
  private async advance({ bucket, epoch }: RelayedBucket, from: number, to: number): Promise<boolean> {
    const { rowCount } = await this.options.pool.query({
      name: 'relay.advance',
      text: `UPDATE log.checkpoint SET "position" = $5, updated_at = clock_timestamp()
              WHERE projection = $1 AND bucket = $2 AND epoch = $3 AND "position" = $4`,
      values: [RELAY, bucket, epoch, from, to],
    });
    return rowCount === 1;
  }

  private async sleep(): Promise<void> {
    const isListening = this.options.listener?.isListening ?? false;
    const longestMs = isListening ? LONGEST_IDLE_MS : POLL_WITHOUT_LISTENER_MS;
    await orAborted(this.wakeUp.wait(longestMs), this.options.signal);
  }
}
