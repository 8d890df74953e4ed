import type { StoredEvent } from '@funnelwatch/kernel';
import { isTransient } from '@funnelwatch/postgres';
import { drainStream, failureOf } from '../quarantine/drain-stream.js';
import type { BlockedStream } from '../quarantine/quarantine-rows.js';
import type { Failure, SetAsideEvent } from '../quarantine/sort-events.js';
import { applyBatch } from './apply-batch.js';
import { at, type AwaitPoint } from './await-points.js';
import { type Checkpoint, type CheckpointKey, markRunning, markStopped } from './checkpoint.js';
import { errorFacts } from './error-facts.js';
import { BucketLost, BucketStopped, isAboutEvent } from './failures.js';
import { historyOf, type ProjectionOptions } from './projection-options.js';

const DEFAULT_BATCH_SIZE = 500;
const FIRST_REST_MS = 100;
const DEFAULT_LONGEST_REST_MS = 10_000;
/** After so many batches the other buckets have their turn. */
const BATCHES_PER_TURN = 20;

/** A feed may deliver an event again; what was applied is known by its position. */
function withoutDuplicates(position: number, events: StoredEvent[]): StoredEvent[] {
  let last = position;
  return events.filter((event) => {
    if (event.position <= last) return false;
    last = event.position;
    return true;
  });
}

/** Works off one bucket under one epoch. Time is the process's own, which no change of a clock moves. */
export class BucketWorker {
  private restMs = FIRST_REST_MS;
  private restsUntilMs = 0;
  private isMarkedStopped = false;
  private checkpoint = 0;
  /** Set when the checkpoint may not be where we left it: claim again before going on. */
  isLost = false;

  constructor(
    private readonly options: ProjectionOptions,
    readonly key: CheckpointKey,
    claimed: Pick<Checkpoint, 'position' | 'status'>,
  ) {
    this.goOnFrom(claimed);
  }

  /** Position up to which the read model is committed. */
  get position(): number {
    return this.checkpoint;
  }

  /** How long the bucket still rests after an error; 0 when it is awake. */
  get restLeftMs(): number {
    return Math.max(this.restsUntilMs - performance.now(), 0);
  }

  /** Takes over what a new claim found. */
  goOnFrom({ position, status }: Pick<Checkpoint, 'position' | 'status'>): void {
    this.checkpoint = position;
    this.isMarkedStopped = status === 'stopped';
    this.isLost = false;
  }

  rest(timeMs: number): void {
    this.restsUntilMs = performance.now() + timeMs;
  }

  /** Whether there is something to do, given the last position of the bucket. */
  isDue(head: number): boolean {
    return head !== this.checkpoint || this.isMarkedStopped;
  }

  /** Applies batches up to `head` or until its turn is over; errors are dealt with here and never thrown. */
  async takeTurn(head: number): Promise<void> {
    try {
      if (head < this.checkpoint) await this.at('confirm head', () => this.refuseToBeAhead());
      else if (head > this.checkpoint) await this.at('apply batches', () => this.applyBatches(head));
      if (this.isMarkedStopped && head <= this.checkpoint) {
        await this.at('mark running', () => markRunning(this.options.pool, this.key));
        this.isMarkedStopped = false;
      }
    } catch (error) {
      await this.at('recover', () => this.recover(error));
    }
  }

  /**
   * Tries what waits in a stream of the quarantine; errors are dealt with here and never thrown. Returns whether more
   * waits to be tried.
   */
  async drain(stream: BlockedStream): Promise<boolean> {
    const { logger } = this.options;
    const { projection, bucket } = this.key;
    try {
      const { applied, failed, isMore } = await this.at('drain queue', () =>
        drainStream(this.options, this.key, this.checkpoint, stream),
      );
      const facts = { projection, bucket, portalId: stream.portalId, streamId: stream.streamId, applied };
      if (!failed) logger.info(facts, 'Events left the quarantine');
      else logger.warn({ ...facts, position: failed.position, ...failed.failure }, 'A quarantined event failed again');
      return isMore;
    } catch (error) {
      await this.at('recover from drain', () => this.recover(error));
      return false;
    }
  }

  private at<Result>(point: AwaitPoint, effect: () => Promise<Result>): Promise<Result> {
    return at(this.options.hooks, point, this.key.bucket, effect);
  }

  /** A feed may be behind the log for a moment; the log itself may not be behind the checkpoint. */
  private async refuseToBeAhead(): Promise<void> {
    const { bucket } = this.key;
    const head = await this.at('ask the log for its head', () => historyOf(this.options).head(bucket));
    if (head >= this.checkpoint) return;
    throw new BucketStopped(
      'CHECKPOINT_AHEAD_OF_LOG',
      `The read model is at ${bucket}:${this.checkpoint}, the log ends at ${bucket}:${head}: this is not the log it was made from. Restore the log, or rebuild the read model.`,
      { details: { bucket, position: this.checkpoint, head } },
    );
  }

  private async applyBatches(head: number): Promise<void> {
    const batchSize = this.options.batchSize ?? DEFAULT_BATCH_SIZE;
    let ahead: Promise<StoredEvent[]> | undefined;
    for (let turn = 0; turn < BATCHES_PER_TURN && this.checkpoint < head; turn += 1) {
      if (this.options.signal.aborted) return;
      const fetching = ahead ?? this.fetch(this.checkpoint, batchSize);
      const fetched = await this.at('fetch', () => fetching);
      const events = withoutDuplicates(this.checkpoint, fetched);
      const last = events.at(-1);
      if (!last) return;
      const isMoreWanted = last.position < head && turn + 1 < BATCHES_PER_TURN;
      ahead = isMoreWanted ? this.fetch(last.position, batchSize) : undefined;
      // When the batch fails nobody awaits what was fetched ahead.
      ahead?.catch(() => undefined);
      await this.at('apply batch', () => this.apply(events, head));
    }
  }

  private fetch(after: number, limit: number): Promise<StoredEvent[]> {
    return this.options.feed.fetch(this.key.bucket, after, limit);
  }

  /**
   * Applies events in one transaction. When that fails because of one of them, each half is tried by itself, so that
   * all before the bad one are kept, the bad one alone is set aside, and the others go on.
   */
  private async apply(events: StoredEvent[], head: number): Promise<void> {
    try {
      await this.at('commit batch', () => this.commit(events, head));
    } catch (error) {
      if (!isAboutEvent(error)) throw error;
      if (events.length === 1) {
        await this.at('set poison aside', () => this.commit(events, head, failureOf(error), error));
        return;
      }
      const middle = Math.ceil(events.length / 2);
      await this.at('apply first half', () => this.apply(events.slice(0, middle), head));
      await this.at('apply second half', () => this.apply(events.slice(middle), head));
    }
  }

  private async commit(events: StoredEvent[], head: number, failure?: Failure, cause?: unknown): Promise<void> {
    const beganMs = performance.now();
    const { position, setAside } = await this.at('apply in a transaction', () =>
      applyBatch(this.options, this.key, this.checkpoint, events, failure),
    );
    this.checkpoint = position;
    this.restMs = FIRST_REST_MS;
    this.isMarkedStopped = false;
    if (setAside.length > 0) this.reportSetAside(setAside, cause);
    this.options.onProgress?.({
      bucket: this.key.bucket,
      position,
      head: Math.max(head, position),
      events: events.length,
      seconds: (performance.now() - beganMs) / 1000,
    });
  }

  private reportSetAside(setAside: SetAsideEvent[], cause: unknown): void {
    const { projection, bucket } = this.key;
    for (const { event, failure } of setAside) {
      if (!failure) continue;
      const { portalId, streamId, position, type, schemaVersion } = event;
      this.options.logger.error(
        {
          projection,
          bucket,
          portalId,
          streamId,
          position,
          type,
          schemaVersion,
          ...(cause === undefined ? failure : errorFacts(cause)),
        },
        'An event cannot be applied; it was set aside, later ones of its stream wait behind it',
      );
    }
  }

  private async recover(error: unknown): Promise<void> {
    // The commit may have happened although its answer was lost: look the checkpoint up before going on.
    this.isLost = true;
    if (error instanceof BucketLost) return;
    this.rest(this.restMs);
    this.restMs = Math.min(this.restMs * 2, this.options.longestRestMs ?? DEFAULT_LONGEST_REST_MS);
    const { projection, bucket } = this.key;
    const facts = { projection, bucket, position: this.checkpoint, ...errorFacts(error) };
    if (isTransient(error)) {
      this.options.logger.warn(facts, 'The bucket rests and is tried again');
      return;
    }
    // Said once as an error: it is tried again every few seconds.
    const level = this.isMarkedStopped ? 'warn' : 'error';
    this.options.logger[level](facts, 'The bucket cannot go on; it is tried again, the others go on');
    try {
      await this.at('mark stopped', () => markStopped(this.options.pool, this.key, this.checkpoint + 1, facts.code));
      this.isMarkedStopped = true;
    } catch (failure) {
      this.options.logger.warn({ projection, bucket, ...errorFacts(failure) }, 'The stop could not be noted');
    }
  }
}
