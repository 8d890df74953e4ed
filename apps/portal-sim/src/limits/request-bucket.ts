/** Leaky bucket of requests, one for each pair of portal and source address. Times are wall milliseconds. */
export class RequestBuckets {
  private readonly levels = new Map<string, { level: number; atMs: number }>();

  /** Takes a request in, or refuses it. A request arriving while the bucket is above its size is refused. */
  admit(key: string, limits: { perSecond: number; burst: number; countsRefused: boolean }, nowMs: number): boolean {
    const known = this.levels.get(key) ?? { level: 0, atMs: nowMs };
    const level = Math.max(0, known.level - ((nowMs - known.atMs) / 1000) * limits.perSecond);
    const isAdmitted = level <= limits.burst;
    this.levels.set(key, { level: isAdmitted || limits.countsRefused ? level + 1 : level, atMs: nowMs });
    return isAdmitted;
  }
}
