import type { StoredEvent } from '@funnelwatch/kernel';
import { isTransient } from '@funnelwatch/postgres';
import { applyBatch, BucketLost } from './apply-batch.js';
import { type CheckpointKey, markStopped } from './checkpoint.js';
import { errorFacts } from './error-facts.js';
import type { ProjectionOptions } from './projection-options.js';

const DEFAULT_BATCH_SIZE = 500;
const DEFAULT_RETRY_STOPPED_MS = 60_000;
const FIRST_BACK_OFF_MS = 100;
const LONGEST_BACK_OFF_MS = 10_000;
/** After so many batches the other buckets have their turn. */
const BATCHES_PER_TURN = 20;

/** Works off one bucket under one epoch. */
export class BucketWorker {
  private backOffMs = FIRST_BACK_OFF_MS;
  private stoppedAt: number | null = null;
  /** Until then the bucket rests, after an error. */
  restsUntilMs = 0;
  /** Set when the checkpoint was not where we left it: claim again before going on. */
  isLost = false;

  constructor(
    private readonly options: ProjectionOptions,
    readonly key: CheckpointKey,
    public position: number,
  ) {}

  /** Applies batches up to `head` or until its turn is over; errors are dealt with here and never thrown. */
  async takeTurn(head: number): Promise<void> {
    try {
      await this.applyBatches(head);
    } catch (error) {
      await this.recover(error);
    }
  }

  private async applyBatches(head: number): Promise<void> {
    const batchSize = this.options.batchSize ?? DEFAULT_BATCH_SIZE;
    let ahead: Promise<StoredEvent[]> | undefined;
    for (let turn = 0; turn < BATCHES_PER_TURN && this.position < head; turn += 1) {
      if (this.options.signal.aborted) return;
      const events = await (ahead ?? this.fetch(this.position, batchSize));
      await this.options.hooks?.('fetched', this.key.bucket);
      const last = events.at(-1);
      if (!last) return;
      const isMoreWanted = last.position < head && turn + 1 < BATCHES_PER_TURN;
      ahead = isMoreWanted ? this.fetch(last.position, batchSize) : undefined;
      // When the batch fails nobody awaits what was fetched ahead.
      ahead?.catch(() => undefined);
      await this.apply(events, head);
    }
  }

  private fetch(after: number, limit: number): Promise<StoredEvent[]> {
    return this.options.feed.fetch(this.key.bucket, after, limit);
  }

  private async apply(events: StoredEvent[], head: number): Promise<void> {
    try {
      await this.commit(events, head);
    } catch (error) {
      if (error instanceof BucketLost || isTransient(error)) throw error;
      if (events.length > 1) this.report(error, 'A batch could not be applied; trying its events one by one');
      // One at a time, so that all before the bad one are kept and the bucket waits exactly there.
      for (const event of events) {
        await this.commit([event], head).catch((failure: unknown) => {
          if (!(failure instanceof BucketLost || isTransient(failure))) this.stoppedAt = event.position;
          throw failure;
        });
      }
    }
  }

  private async commit(events: StoredEvent[], head: number): Promise<void> {
    this.position = await applyBatch(this.options, this.key, this.position, events);
    this.backOffMs = FIRST_BACK_OFF_MS;
    this.options.onProgress?.({
      bucket: this.key.bucket,
      position: this.position,
      head: Math.max(head, this.position),
      events: events.length,
    });
  }

  private async recover(error: unknown): Promise<void> {
    const nowMs = this.options.clock.now().getTime();
    if (error instanceof BucketLost) {
      this.isLost = true;
      return;
    }
    const stoppedAt = this.stoppedAt;
    this.stoppedAt = null;
    if (stoppedAt === null || isTransient(error)) {
      this.restsUntilMs = nowMs + this.backOffMs;
      this.backOffMs = Math.min(this.backOffMs * 2, LONGEST_BACK_OFF_MS);
      // The commit may have happened although its answer was lost: look the checkpoint up before going on.
      this.isLost = true;
      this.report(error, 'The bucket rests and is tried again');
      return;
    }
    this.restsUntilMs = nowMs + (this.options.retryStoppedAfterMs ?? DEFAULT_RETRY_STOPPED_MS);
    this.options.logger.error(
      { projection: this.key.projection, bucket: this.key.bucket, position: stoppedAt, ...errorFacts(error) },
      'An event cannot be applied; its bucket waits there, the others go on',
    );
    await markStopped(this.options.pool, this.key, stoppedAt, errorFacts(error).code).catch((failure: unknown) =>
      this.report(failure, 'The stop could not be noted'),
    );
  }

  private report(error: unknown, message: string): void {
    const { projection, bucket } = this.key;
    this.options.logger.warn({ projection, bucket, position: this.position, ...errorFacts(error) }, message);
  }
}
