import { randomBytes, randomUUID } from 'node:crypto';
import { BitrixClient, Limiter, limiterProfiles, parseWebhookUrl } from '@funnelwatch/bitrix24';
import { eventLogMigrations, KeyRing, PostgresKeyStore } from '@funnelwatch/event-log';
import { createPool, inScope, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool, PoolClient } from 'pg';
import { cancelMessage } from './cancel-message/cancel-message.js';
import type { Channel } from './domain/message.js';
import { enqueueMessage, type NewMessage } from './enqueue-message/enqueue-message.js';
import { listMessages } from './list-messages/list-messages.js';
import { retryMessage } from './retry-message/retry-message.js';
import type { OutboxOptions, PortalToWrite } from './run-outbox/outbox-options.js';
import { runOutbox } from './run-outbox/run-outbox.js';
import type { SimulatedPortal } from './simulated-portal.spec-fixture.js';
import { setChannel } from './set-channel/set-channel.js';
import type { StoredMessage } from './stored-message/stored-message.js';
import { writeBackMigrations } from './write-back-migrations.js';

/** Wall time that a spec moves. */
class MovedClock {
  private aheadMs = 0;
  now = (): Date => new Date(Date.now() + this.aheadMs);
  moveTo(at: Date): void {
    this.aheadMs = at.getTime() - Date.now();
  }
  advance(ms: number): void {
    this.aheadMs += ms;
  }
}

/** Pauses of a spec: what takes minutes in production takes moments here. */
export const quick = {
  pollMs: 15,
  leaseMs: 4000,
  settleMs: 60,
  firstPauseMs: 30,
  longestPauseMs: 120,
  maxAttempts: 6,
} as const;

/** The client of a portal as a worker opens it. */
export const openClient = (webhookUrl: string, totalMs = 1000): BitrixClient =>
  new BitrixClient({
    webhook: parseWebhookUrl(webhookUrl),
    privateHosts: ['127.0.0.1'],
    limiter: new Limiter(limiterProfiles.off),
    retryPauseMs: 5,
    timeouts: { totalMs },
  });

/** A database with an outbox, one portal in it, a person who writes and workers that send, each with their own rights. */
export class OutboxBench {
  readonly portal: PortalToWrite = { portalId: randomUUID(), bucket: 3, zone: 'Europe/Moscow' };
  readonly clock = new MovedClock();
  readonly logged: string[] = [];
  readonly outcomes: { messageId: string; outcome: string; reason?: string }[] = [];
  /** Keys as the API and the workers hold them. */
  readonly apiKeys: KeyRing;
  readonly keys: KeyRing;
  private readonly running = new Set<{ abort: AbortController; ended: Promise<void> }>();

  private constructor(
    readonly simulator: SimulatedPortal,
    readonly database: TestDatabase,
    /** Of whoever may do everything. */
    readonly owner: Pool,
    readonly api: Pool,
    readonly worker: Pool,
    readonly masterKey: Buffer,
  ) {
    this.apiKeys = new KeyRing({ masterKey, store: new PostgresKeyStore(api) });
    this.keys = new KeyRing({ masterKey, store: new PostgresKeyStore(worker), cacheMaxAgeMs: 0 });
  }

  static async create(simulator: SimulatedPortal): Promise<OutboxBench> {
    const database = await createTestDatabase({ migrations: [...eventLogMigrations, ...writeBackMigrations] });
    const pool = (url: string, scoped = false) => createPool({ url, applicationName: 'outbox-spec', max: 8, scoped });
    const [owner, api] = [pool(database.url), pool(database.urlAs('api'), true)];
    const worker = pool(database.urlAs('ingest'));
    return new OutboxBench(simulator, database, owner, api, worker, randomBytes(32));
  }

  /** As a person does it through the API: in a transaction, in the scope of the portal. */
  act<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    return inScope([this.portal.portalId], () => withTransaction(this.api, work));
  }

  switch(isEnabled: boolean, capPerPersonDay = 100, ...only: Channel[]): Promise<void> {
    const channels: Channel[] = only.length > 0 ? only : ['task', 'notification', 'timeline-comment'];
    return this.act(async (client) => {
      for (const channel of channels) {
        const change = { channel, isEnabled, capPerPersonDay, by: 'account-1', now: this.clock.now() };
        await setChannel(client, this.portal, change);
      }
    });
  }

  message(changes: Partial<NewMessage> = {}): NewMessage {
    const messageId = randomUUID();
    return {
      messageId,
      channel: 'task',
      recipientId: '3',
      about: { kind: 'deal', id: '1' },
      purpose: 'case:1',
      text: { title: `Без дел ${messageId}`, body: 'Назначьте следующий шаг.', link: 'https://fw.example/cases/1' },
      notBefore: this.clock.now(),
      ...changes,
    };
  }

  async enqueue(changes: Partial<NewMessage> = {}): Promise<NewMessage> {
    const message = this.message(changes);
    await this.act((client) => enqueueMessage(client, this.apiKeys, this.portal, message, this.clock.now()));
    return message;
  }

  cancel(messageId: string) {
    return this.act((client) => cancelMessage(client, this.portal, messageId));
  }

  retry(messageId: string): Promise<void> {
    return this.act((client) => retryMessage(client, this.portal, messageId, this.clock.now()));
  }

  async stored(messageId: string): Promise<StoredMessage> {
    const all = await listMessages(this.owner, this.portal, { limit: 200 });
    const found = all.find((message) => message.messageId === messageId);
    if (!found) throw new Error(`There is no message ${messageId}`);
    return found;
  }

  options(changes: Partial<OutboxOptions> = {}): OutboxOptions {
    const log = (details: object, text: string) => void this.logged.push(JSON.stringify({ text, ...details }));
    return {
      ...quick,
      pool: this.worker,
      keyRing: this.keys,
      portals: () => Promise.resolve([this.portal]),
      openClient: () => Promise.resolve(openClient(this.simulator.webhookUrl)),
      clock: this.clock,
      logger: { info: log, warn: log, error: log },
      onOutcome: (_client, { messageId }, outcome) => {
        this.outcomes.push({ messageId, ...outcome });
        return Promise.resolve();
      },
      ...changes,
    };
  }

  /** Starts a worker; `stop` ends all of them. */
  work(changes: Partial<OutboxOptions> = {}): void {
    const abort = new AbortController();
    this.running.add({ abort, ended: runOutbox({ ...this.options(changes), signal: abort.signal }) });
  }

  async stop(): Promise<void> {
    for (const { abort } of this.running) abort.abort(new Error('the spec stops its workers'));
    await Promise.all([...this.running].map(({ ended }) => ended));
    this.running.clear();
  }

  /** Waits until a message is in one of the states. */
  async until(messageId: string, ...states: StoredMessage['state'][]): Promise<StoredMessage> {
    const deadline = Date.now() + 15_000;
    for (;;) {
      const message = await this.stored(messageId);
      if (states.includes(message.state)) return message;
      if (Date.now() > deadline) {
        throw new Error(
          `Waited in vain for ${states.join(' or ')}: ${JSON.stringify(message)} ${this.logged.join('\n')}`,
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }

  outcomesOf(messageId: string): string[] {
    return this.outcomes
      .filter((one) => one.messageId === messageId)
      .map(({ outcome, reason }) => (reason === undefined ? outcome : `${outcome} ${reason}`));
  }

  async close(): Promise<void> {
    await this.stop();
    for (const pool of [this.api, this.worker, this.owner]) await pool.end();
    await this.database.drop();
  }
}
