import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readBackfillProgress, readLastCertificate } from '@funnelwatch/capture';
import { KeyRing, PostgresEventLog, PostgresKeyStore, verifyLog } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import { breachesOf } from '@funnelwatch/observability';
import { PortalRegistry } from '@funnelwatch/portals';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import { enqueueMessage, listMessages, setChannel } from '@funnelwatch/write-back';
import type { Pool } from 'pg';
import { migrations } from './migrations.js';

const program = (app: string): string => fileURLToPath(new URL(`../../${app}/src/main.ts`, import.meta.url));
const project = (app: string): string => fileURLToPath(new URL(`../../${app}/tsconfig.json`, import.meta.url));

interface Started<Ready> {
  child: ChildProcess;
  ready: Ready;
}

/** Starts a program as its parent does; rejects with what it said when it ends before it is ready. */
async function start<Ready>(app: string, argv: string[], environment: Record<string, string>): Promise<Started<Ready>> {
  const child = fork(program(app), argv, {
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    env: { ...process.env, NODE_OPTIONS: '', SWC_NODE_PROJECT: project(app), LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
  const ready = await new Promise<Ready>((resolve, reject) => {
    child.once('message', (message: Ready) => resolve(message));
    child.once('exit', (code) => reject(new Error(`${app} ended with code ${code}: ${output}`)));
  });
  return { child, ready };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  child.kill(signal);
  return ended;
}

async function eventually<Answer>(question: () => Promise<Answer | null | false>, what: string): Promise<Answer> {
  const deadline = Date.now() + 40_000;
  for (;;) {
    const answer = await question();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('ingest as a program', () => {
  let simulator: Started<{ webhookUrl: string }>;
  let folder: string;
  let database: TestDatabase;
  let pool: Pool;
  let registry: PortalRegistry;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'funnelwatch-ingest-'));
    simulator = await start('portal-sim', ['--company', 'tiny', '--seed', '9', '--deals', '40', '--limits', 'off'], {});
  });
  afterAll(async () => {
    await end(simulator.child, 'SIGTERM');
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    const key = randomBytes(32);
    await writeFile(join(folder, 'master.key'), key.toString('base64'), { mode: 0o600 });
    database = await createTestDatabase({ migrations });
    pool = createPool({ url: database.url, applicationName: 'ingest-spec', max: 4 });
    registry = new PortalRegistry(pool, key);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) await end(child, 'SIGKILL');
    await pool.end();
    await database.drop();
  });

  const startIngest = async (environment: Record<string, string> = {}) => {
    const ingest = await start<{ port: number }>('ingest', [], {
      DATABASE_URL: database.urlAs('ingest'),
      FUNNELWATCH_KEY_FILE: join(folder, 'master.key'),
      POLL_MS: '200',
      RECONCILE_MS: '500',
      LIMITS: 'off',
      PORTAL_PRIVATE_HOSTS: '127.0.0.1',
      ...environment,
    });
    children.push(ingest.child);
    return ingest;
  };
  const events = async (bucket: number): Promise<StoredEvent[]> => {
    const log = new PostgresEventLog(pool);
    try {
      return await log.readBucket(bucket, 0, 100_000);
    } finally {
      await log.close();
    }
  };

  it('killed at any moment of a backfill it carries on and doubles nothing', async () => {
    const portal = await registry.register({ webhookUrl: simulator.ready.webhookUrl });
    const isDone = async () => {
      const progress = await readBackfillProgress(pool, portal.portalId);
      return progress.length > 0 && progress.every(({ state }) => state === 'done');
    };
    for (const wantedEvents of [1, 300, 700]) {
      const { child } = await startIngest({ BATCH_COMMANDS: '2' });
      await eventually(
        async () => (await isDone()) || (await events(portal.bucket)).length >= wantedEvents,
        `${wantedEvents} events`,
      );
      await end(child, 'SIGKILL');
    }
    await startIngest();
    await eventually(isDone, 'the end of the backfill');
    await eventually(() => readLastCertificate(pool, portal.portalId), 'the certificate');
    const stored = await events(portal.bucket);
    const appeared = stored.filter(({ type }) => type.endsWith('Appeared')).map(({ streamId }) => streamId);
    expect(new Set(appeared).size).toBe(appeared.length);
    const progress = await readBackfillProgress(pool, portal.portalId);
    expect(progress.filter(({ done, total }) => done !== total)).toEqual([]);
    const certificate = await readLastCertificate(pool, portal.portalId);
    expect(certificate).toMatchObject({ unexplained: 0, held: certificate?.expected });
    const verification = await verifyLog(pool);
    expect(verification.isIntact).toBe(true);
  });

  it('starts portals registered while it runs, shows the connection, and stops in order', async () => {
    const { child, ready } = await startIngest();
    const portal = await registry.register({ webhookUrl: simulator.ready.webhookUrl });
    await eventually(
      async () => (await registry.get(portal.portalId))?.connectionState === 'connected',
      'the connection',
    );
    expect((await registry.get(portal.portalId))?.currency).toBe('RUB');
    await eventually(() => readLastCertificate(pool, portal.portalId), 'the certificate');
    const metrics = await (await fetch(`http://127.0.0.1:${ready.port}/metrics`)).text();
    expect(metrics).toContain(`funnelwatch_portal_requests_total{portal="${portal.portalId}",outcome="ok"`);
    expect(breachesOf('ingest', metrics)).toEqual([]);
    const labels = `portal="${portal.portalId}"`;
    for (const shown of ['capture_poll_age_seconds', 'capture_certificate_age_seconds', 'capture_unexplained']) {
      expect(metrics).toMatch(new RegExp(`^funnelwatch_${shown}\\{${labels},app="ingest"\\} [\\d.]+$`, 'm'));
    }
    expect(metrics).toMatch(new RegExp(`^funnelwatch_portal_budget_waiting\\{${labels},priority="live".* \\d+$`, 'm'));
    expect(metrics).toMatch(/^funnelwatch_log_bytes\{app="ingest"\} [1-9]\d+$/m);
    expect(metrics).toMatch(/^funnelwatch_log_events_appended_total\{app="ingest"\} [1-9]\d+$/m);
    expect(metrics).toMatch(/^funnelwatch_database_pool_max\{pool="funnelwatch-outbox",app="ingest"\} 4$/m);
    expect(await end(child, 'SIGTERM')).toBe(0);
  });

  it('counts days in another zone at once, and carries on when a removed portal is connected again', async () => {
    await startIngest();
    // Days in these two zones are never the same.
    const portal = await registry.register({ webhookUrl: simulator.ready.webhookUrl, zone: 'Etc/GMT-14' });
    const first = await eventually(() => readLastCertificate(pool, portal.portalId), 'the certificate');
    await registry.changeSettings(portal.portalId, portal.settingsVersion, { zone: 'Etc/GMT+12' });
    await eventually(async () => {
      const { day } = (await readLastCertificate(pool, portal.portalId)) ?? first;
      return day < first.day;
    }, 'a certificate of an earlier day');

    await registry.remove(portal.portalId);
    await eventually(async () => {
      const { rows } = await pool.query('SELECT FROM capture.lease WHERE expires_at > clock_timestamp()');
      return rows.length === 0;
    }, 'the end of its capture');
    const held = (await events(portal.bucket)).length;
    const again = await registry.register({ webhookUrl: simulator.ready.webhookUrl });
    expect(again.portalId).toBe(portal.portalId);
    await eventually(
      async () => (await registry.get(portal.portalId))?.connectionState === 'connected',
      'the connection',
    );
    const stored = await events(portal.bucket);
    expect(stored.length).toBeGreaterThanOrEqual(held);
    expect(stored.slice(held).filter(({ type }) => type.endsWith('Appeared'))).toEqual([]);
  });

  it('writes what is due into the portal once its channel is on, and shows how the outbox stands', async () => {
    const portal = await registry.register({ webhookUrl: simulator.ready.webhookUrl });
    const key = Buffer.from(await readFile(join(folder, 'master.key'), 'utf8'), 'base64');
    const keyRing = new KeyRing({ masterKey: key, store: new PostgresKeyStore(pool) });
    const [messageId, now] = [randomUUID(), new Date()];
    await withTransaction(pool, async (client) => {
      await setChannel(client, portal, { channel: 'task', isEnabled: true, capPerPersonDay: 5, by: 'account-1', now });
      const about = { kind: 'deal', id: '1' } as const;
      const text = { title: `Следующий шаг ${messageId}`, body: 'Назначьте его.', link: null };
      const message = {
        messageId,
        channel: 'task',
        recipientId: '3',
        about,
        purpose: 'case:1',
        text,
        notBefore: now,
      } as const;
      await enqueueMessage(client, keyRing, portal, message, now);
    });
    const { ready } = await startIngest();
    const isSent = async () => (await listMessages(pool, portal, { states: ['sent'] }))[0];
    const sent = await eventually(async () => (await isSent()) ?? null, 'the task');
    const listed = await fetch(`${simulator.ready.webhookUrl}tasks.task.get?taskId=${sent.portalObjectId ?? ''}`);
    expect(await listed.json()).toMatchObject({ result: { task: { title: `Следующий шаг ${messageId}` } } });
    const metrics = await (await fetch(`http://127.0.0.1:${ready.port}/metrics`)).text();
    expect(metrics).toContain(`funnelwatch_outbox_messages{portal="${portal.portalId}",channel="task",state="sent"`);
  });

  it('shows one sentence for a portal that cannot be reached', async () => {
    const portal = await registry.register({ webhookUrl: 'http://127.0.0.1:9/rest/1/c0de/' });
    await startIngest();
    const failed = await eventually(async () => {
      const known = await registry.get(portal.portalId);
      return known?.connectionState === 'failed' && known;
    }, 'the failure');
    expect(failed).toMatchObject({ connectionCode: 'UNREACHABLE' });
    expect(failed.connectionMessage).not.toContain('c0de');
  });

  it('refuses the key of another installation, and takes the right one from the environment', async () => {
    const portal = await registry.register({ webhookUrl: 'http://127.0.0.1:9/rest/1/c0de/' });
    const right = await readFile(join(folder, 'master.key'), 'utf8');
    const other = join(folder, 'other.key');
    await writeFile(other, randomBytes(32).toString('base64'));
    await expect(startIngest({ FUNNELWATCH_KEY_FILE: other })).rejects.toThrow(/code 1: .*another master key/);
    expect(await registry.get(portal.portalId)).toEqual(portal);
    await startIngest({ FUNNELWATCH_KEY_FILE: '', FUNNELWATCH_KEY: right });
    await eventually(
      async () => (await registry.get(portal.portalId))?.connectionState === 'failed',
      'the webhook in use',
    );
  });

  it('refuses a database that was not prepared, and wrong settings, in one sentence', async () => {
    const empty = await createTestDatabase();
    await expect(startIngest({ DATABASE_URL: empty.url })).rejects.toThrow(/code 1: The database lacks \d+ migrations/);
    await empty.drop();
    await expect(startIngest({ POLL_MS: 'often' })).rejects.toThrow(/code 2: [^]*POLL_MS/);
  });
});
