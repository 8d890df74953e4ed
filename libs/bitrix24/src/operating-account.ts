import type { PortalTime } from './portal-time.js';

interface Entry {
  seconds: number;
  resetAtMs: number;
  pausedUntilMs: number;
}

const DEFAULT_PAUSE_MS = 60_000;
/** The portal forgives a charge ten minutes after its first call. */
const LONGEST_PAUSE_MS = 600_000;

/**
 * Execution time the portal has charged, method by method (`batch` counts as one too). A method is paused before the
 * portal would refuse it, until the moment at which the portal forgives a part.
 */
export class OperatingAccount {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly pauseAtSeconds: number) {}

  observe(method: string, time: PortalTime, nowMs: number): void {
    if (time.operatingSeconds === null) return;
    const resetInMs = Math.min(LONGEST_PAUSE_MS, (time.operatingResetInSeconds ?? 0) * 1000);
    const entry: Entry = { seconds: time.operatingSeconds, resetAtMs: nowMs + resetInMs, pausedUntilMs: 0 };
    if (entry.seconds >= this.pauseAtSeconds) entry.pausedUntilMs = nowMs + (resetInMs || DEFAULT_PAUSE_MS);
    this.entries.set(method, entry);
  }

  /** The portal has refused the method: it stays paused until the reset it last announced. */
  refuse(method: string, nowMs: number): void {
    const known = this.entries.get(method);
    const resetAtMs = known && known.resetAtMs > nowMs ? known.resetAtMs : nowMs + DEFAULT_PAUSE_MS;
    this.entries.set(method, { seconds: known?.seconds ?? 0, resetAtMs, pausedUntilMs: resetAtMs });
  }

  /** Milliseconds until all of these methods may be called. */
  waitMs(methods: readonly string[], nowMs: number): number {
    let waitMs = 0;
    for (const method of methods) {
      const pausedUntilMs = this.entries.get(method)?.pausedUntilMs ?? 0;
      waitMs = Math.max(waitMs, pausedUntilMs - nowMs);
    }
    return Math.min(LONGEST_PAUSE_MS, waitMs);
  }

  state(nowMs: number): { method: string; seconds: number; pausedForMs: number }[] {
    return [...this.entries].map(([method, { seconds, pausedUntilMs }]) => ({
      method,
      seconds,
      pausedForMs: Math.max(0, pausedUntilMs - nowMs),
    }));
  }
}
