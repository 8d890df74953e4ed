import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { BitrixClient, Limiter, limiterProfiles, parseWebhookUrl } from '@funnelwatch/bitrix24';
import { eventLogMigrations, KeyRing, PostgresEventLog, PostgresKeyStore } from '@funnelwatch/event-log';
import { systemClock, type StoredEvent } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { captureMigrations } from './capture-migrations.js';
import {
  type CaptureDependencies,
  capturePortal,
  type ConnectionReport,
  type PortalToCapture,
} from './capture-portal.js';
import { readBackfillProgress } from './backfill/backfill-progress.js';
import { readCaptureStatus, readLastCertificate } from './status/capture-status.js';

const simulator = fileURLToPath(new URL('../../../apps/portal-sim/src/main.ts', import.meta.url));
const simulatorProject = fileURLToPath(new URL('../../../apps/portal-sim/tsconfig.json', import.meta.url));

/** The simulated portal in a process of its own, as a real one would be. */
export class SimulatedPortal {
  private constructor(
    private readonly child: ChildProcess,
    readonly webhookUrl: string,
    private readonly controlUrl: string,
  ) {}

  static async start(...parameters: string[]): Promise<SimulatedPortal> {
    const child = fork(simulator, ['--limits', 'off', '--log-level', 'error', ...parameters], {
      execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
      env: { ...process.env, NODE_OPTIONS: '', SWC_NODE_PROJECT: simulatorProject },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const ready = await new Promise<{ webhookUrl: string; controlUrl: string }>((resolve, reject) => {
      child.once('message', (message: { webhookUrl: string; controlUrl: string }) => resolve(message));
      child.once('exit', (code) => reject(new Error(`The simulator ended with code ${code}`)));
    });
    return new SimulatedPortal(child, ready.webhookUrl, ready.controlUrl);
  }

  async control<Answer>(path: string, body: unknown = null, method?: string): Promise<Answer> {
    const response = await fetch(`${this.controlUrl}/${path}`, {
      method: method ?? (body === null ? 'GET' : 'POST'),
      headers: { 'content-type': 'application/json' },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** All rows of a list, page by page. */
  async list(method: string, parameters: object): Promise<{ rows: Record<string, unknown>[]; total: number }> {
    const rows: Record<string, unknown>[] = [];
    for (let start = 0; ; start += 50) {
      const body = await this.answer(method, { ...parameters, start });
      const page = Array.isArray(body.result) ? body.result : ((body.result as { items?: unknown }).items ?? []);
      rows.push(...(page as Record<string, unknown>[]));
      if (body.next === undefined) return { rows, total: body.total ?? rows.length };
    }
  }

  /** A method of the portal, as any client would call it. */
  async call<Result>(method: string, parameters: object): Promise<Result> {
    return (await this.answer(method, parameters)).result as Result;
  }

  private async answer(
    method: string,
    parameters: object,
  ): Promise<{ result: unknown; total?: number; next?: number }> {
    const response = await fetch(`${this.webhookUrl}${method}.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    const body = (await response.json()) as { result: unknown; total?: number; next?: number; error?: string };
    if (body.error !== undefined) throw new Error(`${method}: ${JSON.stringify(body)}`);
    return body;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}

/** A database with the log and capture, and captures of one portal in it. */
export class CaptureBench {
  readonly portal: PortalToCapture = { portalId: randomUUID(), bucket: 3, zone: 'Europe/Moscow' };
  readonly reports: ConnectionReport[] = [];
  readonly log: PostgresEventLog;
  readonly keyRing: KeyRing;
  private readonly running = new Set<{ abort: AbortController; ended: Promise<void> }>();

  private constructor(
    private readonly database: TestDatabase,
    readonly pool: Pool,
    private readonly keyPool: Pool,
  ) {
    this.log = new PostgresEventLog(pool);
    this.keyRing = new KeyRing({ masterKey: randomBytes(32), store: new PostgresKeyStore(keyPool) });
  }

  static async create(): Promise<CaptureBench> {
    const database = await createTestDatabase({ migrations: [...eventLogMigrations, ...captureMigrations] });
    return new CaptureBench(
      database,
      createPool({ url: database.url, applicationName: 'capture-spec', max: 10 }),
      createPool({ url: database.url, applicationName: 'capture-spec-keys', max: 2 }),
    );
  }

  /** Starts a capture; the returned function stops it and waits for its end. */
  start(webhookUrl: string, changes: Partial<CaptureDependencies> = {}): () => Promise<void> {
    const abort = new AbortController();
    const ended = this.run(webhookUrl, changes, abort.signal);
    const capture = { abort, ended };
    this.running.add(capture);
    return async () => {
      abort.abort(new Error('The spec stops this capture'));
      await ended;
      this.running.delete(capture);
    };
  }

  /** Runs a capture until it ends by itself or the signal aborts. */
  run(webhookUrl: string, changes: Partial<CaptureDependencies>, signal: AbortSignal): Promise<void> {
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
    return capturePortal(
      this.portal,
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
        reportConnection: async (_portal, report) => void this.reports.push(report),
        clock: systemClock,
        logger: process.env['CAPTURE_SPEC_LOG'] ? noisy : quiet,
        periods: { pollMs: 100, reconcileMs: 300, leaseTtlMs: 1500, retryMs: 50, recheckMs: 200 },
        holder: randomUUID(),
        batchCommands: 50,
        ...changes,
      },
      signal,
    );
  }

  backfill(webhookUrl: string): Promise<void> {
    return this.run(webhookUrl, { backfillOnly: true }, AbortSignal.timeout(60_000));
  }

  async events(): Promise<StoredEvent[]> {
    const events: StoredEvent[] = [];
    for (;;) {
      const page = await this.log.readBucket(this.portal.bucket, events.at(-1)?.position ?? 0, 5000);
      events.push(...page);
      if (page.length < 5000) return events;
    }
  }

  /** Facts about the portal, without what capture says of itself. */
  async facts(): Promise<StoredEvent[]> {
    return (await this.events()).filter((event) => event.streamId !== 'capture:portal');
  }

  progress() {
    return readBackfillProgress(this.pool, this.portal.portalId);
  }

  status() {
    return readCaptureStatus(this.pool, this.portal.portalId);
  }

  certificate() {
    return readLastCertificate(this.pool, this.portal.portalId);
  }

  async close(): Promise<void> {
    for (const { abort } of this.running) abort.abort(new Error('The spec ends'));
    await Promise.all([...this.running].map(({ ended }) => ended));
    await this.log.close();
    await this.pool.end();
    await this.keyPool.end();
    await this.database.drop();
  }
}

const print = (details: object, message: string): void =>
  void process.stderr.write(`${message} ${describe(details)}\n`);
const noisy = { info: print, warn: print, error: print };

function describe(details: object): string {
  return JSON.stringify(details, (_key, value: unknown) => (value instanceof Error ? value.stack : value));
}

/** Waits until the question is answered with something true. */
export async function eventually<Answer>(
  question: () => Promise<Answer | null | undefined | false>,
  what: string,
  timeoutMs = 20_000,
): Promise<Answer> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
