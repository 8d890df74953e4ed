const bucketMs = 60_000;
const keptMs = 600_000;

interface Bucket {
  minute: number;
  firstMs: number;
  seconds: number;
}

/**
 * Execution time per credential and method in ten buckets of one minute. A bucket's share is dropped ten minutes after
 * its first accounted call, so the sum falls in steps. Times are wall milliseconds.
 */
export class OperatingTime {
  private readonly buckets = new Map<string, Bucket[]>();

  /** Seconds that count at this moment. */
  seconds(key: string, nowMs: number): number {
    return this.current(key, nowMs).reduce((sum, bucket) => sum + bucket.seconds, 0);
  }

  charge(key: string, seconds: number, nowMs: number): void {
    const buckets = this.current(key, nowMs);
    const minute = Math.floor(nowMs / bucketMs);
    const last = buckets.at(-1);
    if (last?.minute === minute) last.seconds += seconds;
    else buckets.push({ minute, firstMs: nowMs, seconds });
  }

  /** When the oldest share will be dropped, wall milliseconds; null when nothing was accounted. */
  resetAtMs(key: string, nowMs: number): number | null {
    const [oldest] = this.current(key, nowMs);
    return oldest === undefined ? null : oldest.firstMs + keptMs;
  }

  private current(key: string, nowMs: number): Bucket[] {
    const kept = (this.buckets.get(key) ?? []).filter((bucket) => bucket.firstMs + keptMs > nowMs);
    this.buckets.set(key, kept);
    return kept;
  }
}
