import { randomBytes, randomUUID } from 'node:crypto';
import { BitrixClient, Limiter, limiterProfiles, parseWebhookUrl } from '@funnelwatch/bitrix24';
import { type CapturePeriods, capturePortal, captureMigrations, readCaptureStatus } from '@funnelwatch/capture';
import { curationMigrations, type JudgedPortal } from '@funnelwatch/curation';
import { eventLogMigrations, KeyRing, PostgresEventLog, PostgresKeyStore } from '@funnelwatch/event-log';
import { type StoredEvent, systemClock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A database with the log, capture and curation, and portals in it. */
export class Bench {
  readonly log: PostgresEventLog;
  private readonly keyRing: KeyRing;
  private lastBucket = -1;

  private constructor(
    private readonly database: TestDatabase,
    readonly pool: Pool,
    private readonly keyPool: Pool,
  ) {
    this.log = new PostgresEventLog(pool);
    this.keyRing = new KeyRing({ masterKey: randomBytes(32), store: new PostgresKeyStore(keyPool) });
  }

  static async create(): Promise<Bench> {
    const migrations = [...eventLogMigrations, ...captureMigrations, ...curationMigrations];
    const database = await createTestDatabase({ migrations });
    return new Bench(
      database,
      createPool({ url: database.url, applicationName: 'discipline', max: 12 }),
      createPool({ url: database.url, applicationName: 'discipline-keys', max: 2 }),
    );
  }

  get url(): string {
    return this.database.url;
  }

  /** A portal that nothing is known of yet. */
  newPortal(zone: string): JudgedPortal {
    this.lastBucket = (this.lastBucket + 1) % 64;
    const hours = { zone, days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };
    return { portalId: randomUUID(), bucket: this.lastBucket, hours };
  }

  /** Starts capture of a portal; the returned function stops it and waits for its end. */
  startCapture(portal: JudgedPortal, webhookUrl: string, periods: CapturePeriods): () => Promise<void> {
    const abort = new AbortController();
    const { portalId, bucket, hours } = portal;
    const ended = capturePortal(
      { portalId, bucket, zone: hours.zone },
      {
        pool: this.pool,
        log: this.log,
        keyRing: this.keyRing,
        openClient: async () =>
          new BitrixClient({
            webhook: parseWebhookUrl(webhookUrl),
            privateHosts: ['127.0.0.1'],
            limiter: new Limiter(limiterProfiles.off),
            retryPauseMs: 20,
          }),
        reportConnection: async (_portal, report) => {
          if (report.state === 'failed') throw new Error(report.message);
        },
        clock: systemClock,
        logger: process.env['CAPTURE_SPEC_LOG'] ? noisy : quiet,
        periods,
        holder: randomUUID(),
        batchCommands: 50,
      },
      abort.signal,
    );
    return async () => {
      abort.abort(new Error('The test stops this capture'));
      await ended;
    };
  }

  status(portal: JudgedPortal) {
    return readCaptureStatus(this.pool, portal.portalId);
  }

  /** Everything that was captured of a portal, in the order of the log. */
  async captured(portal: JudgedPortal): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (let after = 0; ;) {
      const page = await this.log.readBucket(portal.bucket, after, 5000);
      events.push(...page.filter(({ portalId }) => portalId === portal.portalId));
      after = page.at(-1)?.position ?? after;
      if (page.length < 5000) return events.filter(({ streamId }) => !/^(case|discipline):/.test(streamId));
    }
  }

  async close(): Promise<void> {
    await this.log.close();
    await this.pool.end();
    await this.keyPool.end();
    await this.database.drop();
  }
}

const print = (details: object, message: string): void =>
  void process.stderr.write(
    `${message} ${JSON.stringify(details, (_key, value: unknown) => (value instanceof Error ? value.stack : value))}\n`,
  );
const noisy = { info: print, warn: print, error: print };

/** Waits until the question is answered with something true. */
export async function eventually<Answer>(
  question: () => Promise<Answer | null | undefined | false>,
  what: string,
  timeoutMs = 120_000,
): Promise<Answer> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}
