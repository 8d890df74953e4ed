import pg from 'pg';
import { WAKE_UP_CHANNEL } from '../append/wake-up-calls.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

/**
 * One connection that hears which buckets grew, for all feeds of a process. It reconnects by itself; while it is down
 * `isListening` is false and feeds poll more often.
 */
export class WakeUpListener {
  private client: pg.Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private retryMs = FIRST_RETRY_MS;
  private isClosed = false;
  private readonly listeners = new Set<() => void>();
  isListening = false;

  constructor(private readonly options: { url: string; applicationName: string }) {}

  /** Connects; when that fails it goes on trying and this still resolves. */
  async start(): Promise<void> {
    await this.connect();
  }

  /** Calls `listener` when something was appended, and after a reconnection. Returns how to stop. */
  onWakeUp(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retry);
    this.isListening = false;
    await this.client?.end().catch(() => undefined);
    this.client = undefined;
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.options.url,
      application_name: this.options.applicationName,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    this.client = client;
    client.on('notification', () => this.tell());
    client.on('error', () => this.reconnect(client));
    client.on('end', () => this.reconnect(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${WAKE_UP_CHANNEL}`);
    } catch {
      this.reconnect(client);
      return;
    }
    this.isListening = true;
    this.retryMs = FIRST_RETRY_MS;
    this.tell();
  }

  private reconnect(client: pg.Client): void {
    if (this.isClosed || client !== this.client) return;
    this.isListening = false;
    this.client = undefined;
    void client.end().catch(() => undefined);
    this.retry = setTimeout(() => void this.connect(), this.retryMs);
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
