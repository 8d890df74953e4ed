import { streamsToRetry } from '../quarantine/quarantine-rows.js';
import { at, type AwaitPoint } from './await-points.js';
import { BucketWorker } from './bucket-worker.js';
import { type Checkpoint, claimCheckpoint } from './checkpoint.js';
import { errorFacts } from './error-facts.js';
import { orAborted, wait } from './or-aborted.js';
import type { ProjectionOptions } from './projection-options.js';

const DEFAULT_RENEW_EVERY_MS = 3_000;
const DEFAULT_LOOK_FOR_RETRIES_EVERY_MS = 1_000;
const DEFAULT_LONGEST_IDLE_MS = 1_000;
const SHORTEST_IDLE_MS = 25;
const REST_AFTER_ERROR_MS = 500;
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Keeps a read model up to date until `signal` aborts: holds its share of the buckets, applies new events batch by
 * batch, each in one transaction with its checkpoint, and sleeps when there is nothing to do. Every event is applied
 * exactly once, in the order of its stream, whatever is killed when. An event that cannot be applied is set aside with
 * the later ones of its stream; the others go on.
 */
export function runProjection(options: ProjectionOptions): Promise<void> {
  return new ProjectionRun(options).run();
}

class ProjectionRun {
  private readonly workers = new Map<number, BucketWorker>();
  private readonly group: string;
  // Times of the process's own clock, which no change of the machine's clock moves.
  private renewAtMs = 0;
  private lookForRetriesAtMs = 0;
  private idleMs = SHORTEST_IDLE_MS;

  constructor(private readonly options: ProjectionOptions) {
    this.group = options.group ?? options.name;
  }

  async run(): Promise<void> {
    const { signal, feed, logger, name } = this.options;
    while (!signal.aborted) {
      try {
        await this.at('attend to duties', () => this.attendToDuties());
        const isBusy = await this.at('work off buckets', () => this.workOffBuckets());
        if (!isBusy) await this.at('sleep', () => this.sleep());
      } catch (error) {
        logger.warn({ projection: name, ...errorFacts(error) }, 'The projection rests and is tried again');
        await this.at('rest after error', () => orAborted(wait(REST_AFTER_ERROR_MS), signal));
      }
    }
    try {
      await this.at('give buckets back', () => feed.release(this.group));
    } catch (error) {
      logger.warn({ projection: name, ...errorFacts(error) }, 'The buckets could not be given back; they expire');
    }
  }

  private at<Result>(point: AwaitPoint, effect: () => Promise<Result>, bucket: number | null = null): Promise<Result> {
    return at(this.options.hooks, point, bucket, effect);
  }

  /** What must happen in time however much there is to apply. */
  private async attendToDuties(): Promise<void> {
    const isLost = [...this.workers.values()].some((worker) => worker.isLost && worker.restLeftMs === 0);
    if (isLost || performance.now() >= this.renewAtMs) await this.at('renew leases', () => this.renew());
    if (performance.now() >= this.lookForRetriesAtMs) await this.at('look for retries', () => this.retry());
  }

  private async renew(): Promise<void> {
    const { feed, signal } = this.options;
    const assignments = await this.at('ask for assignments', () => feed.assignments(this.group, signal));
    this.renewAtMs = performance.now() + (this.options.renewEveryMs ?? DEFAULT_RENEW_EVERY_MS);
    const epochs = new Map(assignments.map(({ bucket, epoch }) => [bucket, epoch]));
    for (const [bucket, worker] of this.workers) {
      if (epochs.get(bucket) !== worker.key.epoch) this.workers.delete(bucket);
    }
    for (const [bucket, epoch] of epochs) await this.at('claim bucket', () => this.claim(bucket, epoch), bucket);
  }

  private async claim(bucket: number, epoch: number): Promise<void> {
    const current = this.workers.get(bucket);
    if (current && !(current.isLost && current.restLeftMs === 0)) return;
    const { pool, name, logger } = this.options;
    let claimed: Pick<Checkpoint, 'position' | 'status'> | null;
    try {
      claimed = await this.at('claim checkpoint', () => claimCheckpoint(pool, name, bucket, epoch), bucket);
    } catch (error) {
      if (errorFacts(error).code !== LOCK_NOT_AVAILABLE) throw error;
      // Its earlier holder was paused in the middle of a batch; the other buckets must not wait for it.
      logger.warn({ projection: name, bucket, epoch }, 'An earlier holder has a batch under way; the bucket waits');
      current?.rest(this.options.renewEveryMs ?? DEFAULT_RENEW_EVERY_MS);
      return;
    }
    if (!claimed) {
      this.workers.delete(bucket);
      logger.warn({ projection: name, bucket, epoch }, 'A later holder has the bucket');
    } else if (current) {
      current.goOnFrom(claimed);
    } else {
      const key = { projection: name, group: this.group, bucket, epoch };
      this.workers.set(bucket, new BucketWorker(this.options, key, claimed));
    }
  }

  /** Works on streams of the quarantine for which somebody asked. */
  private async retry(): Promise<void> {
    const { pool, name, signal, lookForRetriesEveryMs } = this.options;
    this.lookForRetriesAtMs = performance.now() + (lookForRetriesEveryMs ?? DEFAULT_LOOK_FOR_RETRIES_EVERY_MS);
    const buckets = this.ready().map((worker) => worker.key.bucket);
    if (buckets.length === 0) return;
    const streams = await this.at('ask for retries', () => streamsToRetry(pool, name, buckets));
    for (const stream of streams) {
      const worker = this.workers.get(stream.bucket);
      if (!worker || worker.isLost || signal.aborted) continue;
      const isMore = await this.at('drain stream', () => worker.drain(stream), stream.bucket);
      if (isMore) this.lookForRetriesAtMs = 0;
    }
  }

  /** One turn for every bucket that is behind. Returns whether there was any. */
  private async workOffBuckets(): Promise<boolean> {
    const ready = this.ready();
    if (ready.length === 0) return false;
    const heads = await this.at('ask for heads', () =>
      this.options.feed.heads(ready.map((worker) => worker.key.bucket)),
    );
    let isBusy = false;
    for (const worker of ready) {
      const { bucket } = worker.key;
      // Renewing in between may have taken the bucket away.
      if (this.workers.get(bucket) !== worker || worker.isLost) continue;
      const head = heads.get(bucket) ?? 0;
      if (!worker.isDue(head) || this.options.signal.aborted) continue;
      isBusy ||= head > worker.position;
      await this.at('take turn', () => worker.takeTurn(head), bucket);
      await this.at('attend between turns', () => this.attendToDuties());
    }
    return isBusy;
  }

  private ready(): BucketWorker[] {
    return [...this.workers.values()].filter((worker) => !worker.isLost && worker.restLeftMs === 0);
  }

  private async sleep(): Promise<void> {
    const rests = [...this.workers.values()].map((worker) => worker.restLeftMs).filter((restMs) => restMs > 0);
    const nowMs = performance.now();
    const nextMs = Math.min(this.renewAtMs - nowMs, this.lookForRetriesAtMs - nowMs, ...rests);
    const longestMs = Math.min(this.idleMs, Math.max(nextMs, 1));
    await this.at('wait for wake-up', () => orAborted(this.options.feed.wake(longestMs), this.options.signal));
    const wasWoken = performance.now() - nowMs < longestMs - 1;
    const longestIdleMs = this.options.longestIdleMs ?? DEFAULT_LONGEST_IDLE_MS;
    this.idleMs = wasWoken ? SHORTEST_IDLE_MS : Math.min(this.idleMs * 2, longestIdleMs);
  }
}
