import { BucketWorker } from './bucket-worker.js';
import { claimCheckpoint } from './checkpoint.js';
import { errorFacts } from './error-facts.js';
import type { ProjectionOptions } from './projection-options.js';

const DEFAULT_RENEW_EVERY_MS = 3_000;
const DEFAULT_LONGEST_IDLE_MS = 1_000;
const SHORTEST_IDLE_MS = 25;
const REST_AFTER_ERROR_MS = 500;

/**
 * Keeps a read model up to date until `signal` aborts: holds its share of the buckets, applies new events batch by
 * batch, each in one transaction with its checkpoint, and sleeps when there is nothing to do. Every event is applied
 * exactly once, in order, whatever is killed when. A bucket whose event cannot be applied waits at it; the others go on.
 */
export async function runProjection(options: ProjectionOptions): Promise<void> {
  const projection = new ProjectionRun(options);
  await projection.run();
}

class ProjectionRun {
  private readonly workers = new Map<number, BucketWorker>();
  private readonly group: string;
  private renewAtMs = 0;
  private idleMs = SHORTEST_IDLE_MS;

  constructor(private readonly options: ProjectionOptions) {
    this.group = options.group ?? options.name;
  }

  async run(): Promise<void> {
    const { signal, feed, logger, name } = this.options;
    while (!signal.aborted) {
      try {
        await this.renewWhenDue();
        const isBusy = await this.workOffBuckets();
        if (!isBusy) await this.sleep();
      } catch (error) {
        logger.warn({ projection: name, ...errorFacts(error) }, 'The projection rests and is tried again');
        await orAborted(wait(REST_AFTER_ERROR_MS), signal);
      }
    }
    await feed.release(this.group).catch((error: unknown) => {
      logger.warn({ projection: name, ...errorFacts(error) }, 'The buckets could not be given back; they expire');
    });
  }

  private async renewWhenDue(): Promise<void> {
    const isLost = [...this.workers.values()].some((worker) => worker.isLost && this.isAwake(worker));
    if (this.nowMs() < this.renewAtMs && !isLost) return;
    const assignments = await this.options.feed.assignments(this.group);
    this.renewAtMs = this.nowMs() + (this.options.renewEveryMs ?? DEFAULT_RENEW_EVERY_MS);
    const epochs = new Map(assignments.map(({ bucket, epoch }) => [bucket, epoch]));
    for (const [bucket, worker] of this.workers) {
      if (epochs.get(bucket) !== worker.key.epoch) this.workers.delete(bucket);
    }
    for (const [bucket, epoch] of epochs) await this.claim(bucket, epoch);
  }

  private async claim(bucket: number, epoch: number): Promise<void> {
    const current = this.workers.get(bucket);
    if (current && !(current.isLost && this.isAwake(current))) return;
    const { pool, name, logger, hooks } = this.options;
    await hooks?.('assigned', bucket);
    const checkpoint = await claimCheckpoint(pool, name, bucket, epoch);
    await hooks?.('claimed', bucket);
    if (!checkpoint) {
      this.workers.delete(bucket);
      logger.warn({ projection: name, bucket, epoch }, 'A later holder has the bucket');
    } else if (current) {
      current.position = checkpoint.position;
      current.isLost = false;
    } else {
      const key = { projection: name, group: this.group, bucket, epoch };
      this.workers.set(bucket, new BucketWorker(this.options, key, checkpoint.position));
    }
  }

  /** One turn for every bucket that is behind. Returns whether there was any. */
  private async workOffBuckets(): Promise<boolean> {
    const ready = [...this.workers.values()].filter((worker) => !worker.isLost && this.isAwake(worker));
    if (ready.length === 0) return false;
    const heads = await this.options.feed.heads(ready.map((worker) => worker.key.bucket));
    let isBusy = false;
    for (const worker of ready) {
      // Renewing in between may have taken the bucket away.
      if (this.workers.get(worker.key.bucket) !== worker) continue;
      const head = heads.get(worker.key.bucket) ?? 0;
      if (head <= worker.position || this.options.signal.aborted) continue;
      isBusy = true;
      await worker.takeTurn(head);
      await this.renewWhenDue();
    }
    return isBusy;
  }

  private async sleep(): Promise<void> {
    const nextMs = Math.min(
      this.renewAtMs,
      ...[...this.workers.values()].filter((worker) => !this.isAwake(worker)).map((worker) => worker.restsUntilMs),
    );
    const longestMs = Math.min(this.idleMs, Math.max(nextMs - this.nowMs(), 1));
    const sleptFromMs = performance.now();
    await orAborted(this.options.feed.wake(longestMs), this.options.signal);
    const wasWoken = performance.now() - sleptFromMs < longestMs - 1;
    const longestIdleMs = this.options.longestIdleMs ?? DEFAULT_LONGEST_IDLE_MS;
    this.idleMs = wasWoken ? SHORTEST_IDLE_MS : Math.min(this.idleMs * 2, longestIdleMs);
  }

  private isAwake(worker: BucketWorker): boolean {
    return worker.restsUntilMs <= this.nowMs();
  }

  private nowMs(): number {
    return this.options.clock.now().getTime();
  }
}

const wait = (timeMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, timeMs));

/** Waits for the promise or the abort; leaves no listener behind, as a race with one long promise would. */
async function orAborted(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  let stop: () => void = () => undefined;
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
