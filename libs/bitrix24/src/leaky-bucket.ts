/**
 * The portal's request counter as we reckon it: one more for every request, draining at a steady rate. Times are
 * milliseconds of any clock; a clock that jumps back only delays.
 */
export class LeakyBucket {
  private filled = 0;
  private atMs: number | null = null;

  constructor(
    readonly drainPerSecond: number,
    readonly capacity: number,
  ) {}

  level(nowMs: number): number {
    const elapsedMs = this.atMs === null ? 0 : Math.max(0, nowMs - this.atMs);
    return Math.max(0, this.filled - (elapsedMs / 1000) * this.drainPerSecond);
  }

  /** Milliseconds until one more request fits; 0 when it fits now. */
  waitMs(nowMs: number): number {
    const excess = this.level(nowMs) + 1 - this.capacity;
    // The tolerance keeps rounding from asking for a wait of a fraction of a nanosecond.
    return excess <= 1e-9 ? 0 : Math.ceil((excess / this.drainPerSecond) * 1000);
  }

  add(nowMs: number): void {
    this.filled = this.level(nowMs) + 1;
    this.atMs = nowMs;
  }

  /** The portal has refused a request: its counter is full, whatever we thought. */
  fill(nowMs: number): void {
    this.filled = Math.max(this.level(nowMs), this.capacity + this.drainPerSecond);
    this.atMs = nowMs;
  }
}
