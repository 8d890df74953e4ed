import type { Pool } from 'pg';

export const WAKE_UP_CHANNEL = 'funnelwatch_log';
const LEAST_INTERVAL_MS = 10;
// Even a NOTIFY alone is a commit, which would wait for the disk; nothing is lost with it that polling does not find.
const NOTIFY = `SELECT set_config('synchronous_commit', 'off', true), pg_notify($1, $2)`;

/**
 * Tells listening workers which buckets grew: after the commit, on a connection of its own, at most once per 10 ms. A
 * `NOTIFY` inside the appending transaction would serialise all commits of the server. A call that is lost costs a
 * worker one polling interval and nothing else.
 */
export class WakeUpCalls {
  private readonly buckets = new Set<number>();
  private timer: NodeJS.Timeout | undefined;
  private lastSentMs = -Infinity;
  private sending: Promise<void> | undefined;

  constructor(private readonly pool: Pool) {}

  announce(bucket: number): void {
    this.buckets.add(bucket);
    if (this.timer || this.sending) return;
    const waitMs = this.lastSentMs + LEAST_INTERVAL_MS - performance.now();
    if (waitMs <= 0) this.send();
    else this.timer = setTimeout(() => this.send(), waitMs);
  }

  /** Sends what is left, so that the process may end. */
  async close(): Promise<void> {
    if (this.timer) this.send();
    await this.sending;
  }

  private send(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const payload = [...this.buckets].join(',');
    this.buckets.clear();
    this.lastSentMs = performance.now();
    this.sending = this.pool
      .query({ name: 'log.wake_up', text: NOTIFY, values: [WAKE_UP_CHANNEL, payload] })
      .then(
        () => undefined,
        () => undefined,
      )
      .finally(() => {
        this.sending = undefined;
        const [next] = this.buckets;
        if (next !== undefined) this.announce(next);
      });
  }
}
