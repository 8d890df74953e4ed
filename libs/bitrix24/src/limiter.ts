import { type Clock, systemClock } from '@funnelwatch/kernel';
import { LeakyBucket } from './leaky-bucket.js';
import { OperatingAccount } from './operating-account.js';
import { reasonOf } from './pause.js';
import type { PortalTime } from './portal-time.js';

/** Who goes first when requests have to wait. */
export const priorities = ['interactive', 'live', 'write-back', 'reconcile', 'backfill'] as const;
export type Priority = (typeof priorities)[number];

export interface LimiterProfile {
  name: string;
  /** Requests the portal forgets per second, and how many it lets stand. Null: it keeps no such count (box). */
  intensity: { drainPerSecond: number; capacity: number } | null;
  /** Execution seconds at which a method is paused; null: only once the portal has refused it. */
  pauseAtOperatingSeconds: number | null;
  /** Requests on the way at one time. */
  maxConcurrent: number;
}

/**
 * Burst capacities stay a little under the portal's (50, 250): requests sent a second apart may arrive together, and a
 * refused request costs more than a moment's wait. Operating time stops at 80 % of 480 seconds.
 */
export const limiterProfiles = {
  standard: {
    name: 'standard',
    intensity: { drainPerSecond: 2, capacity: 48 },
    pauseAtOperatingSeconds: 384,
    maxConcurrent: 8,
  },
  enterprise: {
    name: 'enterprise',
    intensity: { drainPerSecond: 5, capacity: 240 },
    pauseAtOperatingSeconds: 384,
    maxConcurrent: 16,
  },
  off: { name: 'off', intensity: null, pauseAtOperatingSeconds: null, maxConcurrent: 8 },
} as const satisfies Record<string, LimiterProfile>;

export interface LimiterState {
  profile: string;
  /** The portal's request counter as we reckon it, and what we let it rise to; null when it keeps none. */
  level: number | null;
  capacity: number | null;
  inFlight: number;
  waiting: Record<Priority, number>;
  /** Since start: requests let through, and those that the portal refused for their number. */
  sent: number;
  refused: number;
  operating: { method: string; seconds: number; pausedForMs: number }[];
}

interface Waiter {
  methods: readonly string[];
  priority: Priority;
  admit: () => void;
}

/** Slots that background work leaves to people and live reading. */
const RESERVED_SLOTS = 2;
/** A pause after a refusal, so that what else is waiting does not run into the same wall. */
const REFUSAL_PAUSE_MS = 1000;

/** The request budget of one portal as seen from one address of ours. All clients of the portal share one. */
export class Limiter {
  private readonly bucket: LeakyBucket | null;
  private readonly account: OperatingAccount;
  private readonly queues = new Map<Priority, Waiter[]>(priorities.map((priority) => [priority, []]));
  private inFlight = 0;
  private sent = 0;
  private refused = 0;
  private pausedUntilMs = 0;
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly profile: LimiterProfile = limiterProfiles.standard,
    private readonly clock: Clock = systemClock,
  ) {
    this.bucket = profile.intensity
      ? new LeakyBucket(profile.intensity.drainPerSecond, profile.intensity.capacity)
      : null;
    this.account = new OperatingAccount(profile.pauseAtOperatingSeconds ?? Infinity);
  }

  /**
   * Resolves when a request with these methods may be sent; call the returned function when it has been answered.
   * Rejects with the signal's reason when cancelled while waiting.
   */
  acquire(request: { methods: readonly string[]; priority: Priority; signal?: AbortSignal }): Promise<() => void> {
    const { signal, methods, priority } = request;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(reasonOf(signal));
      const queue = this.queueOf(priority);
      const abort = (): void => {
        const index = queue.indexOf(waiter);
        if (index >= 0) queue.splice(index, 1);
        // The timer may have been set for this one.
        this.admitWaiting();
        reject(reasonOf(signal));
      };
      const waiter: Waiter = {
        methods,
        priority,
        admit: () => {
          signal?.removeEventListener('abort', abort);
          let isReleased = false;
          resolve(() => {
            if (isReleased) return;
            isReleased = true;
            this.inFlight -= 1;
            this.admitWaiting();
          });
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      queue.push(waiter);
      this.admitWaiting();
    });
  }

  /** Books the execution time an answer reports for a method. */
  observe(method: string, time: PortalTime): void {
    this.account.observe(method, time, this.nowMs());
  }

  /** The portal refused a request for the number of requests: wait until its counter has drained. */
  observeRefusal(): void {
    const nowMs = this.nowMs();
    this.refused += 1;
    this.bucket?.fill(nowMs);
    this.pausedUntilMs = nowMs + REFUSAL_PAUSE_MS;
  }

  /** The portal refused a method for its execution time: the method waits, others go on. */
  observeTimeLimit(method: string): void {
    this.account.refuse(method, this.nowMs());
  }

  state(): LimiterState {
    const nowMs = this.nowMs();
    return {
      profile: this.profile.name,
      level: this.bucket?.level(nowMs) ?? null,
      capacity: this.bucket?.capacity ?? null,
      inFlight: this.inFlight,
      waiting: Object.fromEntries(priorities.map((priority) => [priority, this.queueOf(priority).length])) as Record<
        Priority,
        number
      >,
      sent: this.sent,
      refused: this.refused,
      operating: this.account.state(nowMs),
    };
  }

  /** Lets through all that may go now, in order of priority; sets a timer for the first of the others. */
  private admitWaiting(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    for (;;) {
      const nowMs = this.nowMs();
      const { waiter, waitMs } = this.next(nowMs);
      if (waiter && waitMs <= 0) {
        this.queueOf(waiter.priority).splice(this.queueOf(waiter.priority).indexOf(waiter), 1);
        this.inFlight += 1;
        this.sent += 1;
        this.bucket?.add(nowMs);
        waiter.admit();
        continue;
      }
      // Without a waiter that only needs time, the end of a running request admits the next one.
      if (waiter) this.timer = setTimeout(() => this.admitWaiting(), Math.min(waitMs, 60_000));
      return;
    }
  }

  /** The waiter that may go soonest; among those that may go now, the first of the highest priority. */
  private next(nowMs: number): { waiter: Waiter | null; waitMs: number } {
    // A clock that was set back must not turn a second into an hour.
    const pauseMs = Math.min(REFUSAL_PAUSE_MS, this.pausedUntilMs - nowMs);
    const sharedMs = Math.max(pauseMs, this.bucket?.waitMs(nowMs) ?? 0);
    let best: { waiter: Waiter | null; waitMs: number } = { waiter: null, waitMs: Infinity };
    for (const priority of priorities) {
      if (this.inFlight >= this.slotsFor(priority)) continue;
      for (const waiter of this.queueOf(priority)) {
        const waitMs = Math.max(sharedMs, this.account.waitMs(waiter.methods, nowMs));
        if (waitMs < best.waitMs) best = { waiter, waitMs };
        if (waitMs <= 0) return best;
      }
    }
    return best;
  }

  private slotsFor(priority: Priority): number {
    const isBackground = priority !== 'interactive' && priority !== 'live';
    return isBackground ? Math.max(1, this.profile.maxConcurrent - RESERVED_SLOTS) : this.profile.maxConcurrent;
  }

  private queueOf(priority: Priority): Waiter[] {
    return this.queues.get(priority) as Waiter[];
  }

  private nowMs(): number {
    return this.clock.now().getTime();
  }
}
