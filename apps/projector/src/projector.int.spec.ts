import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import {
  checkpointOf,
  eventIdOf,
  eventLogMigrations,
  KeyRing,
  PostgresEventLog,
  PostgresKeyStore,
} from '@funnelwatch/event-log';
import { funnelMigrations } from '@funnelwatch/funnel';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';
import { breachesOf } from '@funnelwatch/observability';
import { motivationMigrations } from '@funnelwatch/motivation';
import { planMigrations } from '@funnelwatch/plan';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const project = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
const bucket = 5;

let database: TestDatabase;
let pool: Pool;
let folder: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase({
    migrations: [...eventLogMigrations, ...funnelMigrations, ...planMigrations, ...motivationMigrations],
  });
  pool = createPool({ url: database.url, applicationName: 'projector-spec' });
  folder = await mkdtemp(join(tmpdir(), 'funnelwatch-projector-'));
  await writeFile(join(folder, 'master.key'), randomBytes(32).toString('base64'));
});

afterEach(async () => {
  for (const child of children.splice(0)) await end(child, 'SIGKILL');
});

afterAll(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Starts the program as its parent does; resolves with its exit code when it ends before it is ready. */
async function start(environment: Record<string, string> = {}) {
  const child = fork(main, [], {
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      SWC_NODE_PROJECT: project,
      DATABASE_URL: database.urlAs('projector'),
      FUNNELWATCH_KEY_FILE: join(folder, 'master.key'),
      BATCH_SIZE: '50',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  let output = '';
  child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
  const outcome = await new Promise<{ port: number } | { code: number | null }>((resolve) => {
    child.on('message', (message: { port: number }) => resolve(message));
    child.on('exit', (code) => resolve({ code }));
  });
  return { child, output, ...outcome };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  child.kill(signal);
  return ended;
}

const portalId = randomUUID();
function facts(from: number, count: number): NewEvent[] {
  const occurredAt = '2026-03-02T09:00:00.000Z';
  return Array.from({ length: count }, (_, index) => {
    const id = String(from + index);
    return {
      eventId: eventIdOf(occurredAt, `${portalId} ${id}`),
      streamId: `deal:${id}`,
      type: 'DealStageMoved',
      schemaVersion: 1,
      occurredAt,
      actor: 'unknown' as const,
      provenance: 'observed' as const,
      data: {
        kind: 'deal',
        id,
        moveId: `move-${id}`,
        pipelineId: 'deal:0',
        stageId: 'NEW',
        semantics: 'P',
        order: 1,
        entry: 'created',
      } satisfies JsonObject,
    };
  });
}

async function append(events: NewEvent[]): Promise<void> {
  const groups = events.map((event) => ({ streamId: event.streamId, expected: 'any' as const, events: [event] }));
  await new PostgresEventLog(pool).append({ portalId, bucket }, groups, { duplicates: 'skip' });
}

async function visitCount(): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('SELECT count(*) AS count FROM read.stage_visit');
  return rows[0]?.count ?? 0;
}

async function until(check: () => Promise<boolean>): Promise<void> {
  for (const endMs = Date.now() + 20_000; !(await check());) {
    if (Date.now() > endMs) throw new Error('It did not happen within 20 seconds');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('killed in the middle and started again, it applies every event exactly once', async () => {
  await append(facts(1, 3000));
  const first = await start();
  await until(async () => (await visitCount()) > 200);
  await end(first.child, 'SIGKILL');
  const then = await checkpointOf(pool, 'funnel', bucket);
  expect(await visitCount()).toBe(then?.position);

  const second = await start();
  await append(facts(3001, 10));
  await until(async () => (await checkpointOf(pool, 'funnel', bucket))?.position === 3010);
  expect(await visitCount()).toBe(3010);

  // What a later version will write: this one sets it aside and says so.
  await append(facts(3011, 2).map((event, index) => ({ ...event, schemaVersion: 2 - index, streamId: 'deal:1' })));
  for (const model of ['funnel', 'plan', 'motivation'])
    await until(async () => (await checkpointOf(pool, model, bucket))?.position === 3012);
  const address = `http://127.0.0.1:${'port' in second ? second.port : 0}`;
  const readiness = await fetch(`${address}/health/ready`);
  expect(readiness.status).toBe(200);
  expect(await readiness.json()).toMatchObject({ checks: { quarantinedEvents: 6, stoppedBuckets: '' } });

  const metrics = await (await fetch(`${address}/metrics`)).text();
  expect(breachesOf('projector', metrics)).toEqual([]);
  expect(metrics).toMatch(/funnelwatch_projection_batch_seconds_count\{app="projector",projection="funnel"\} [1-9]/);
  expect(metrics).toContain('funnelwatch_quarantine_events{projection="funnel",app="projector"} 2');
  expect(metrics).toMatch(new RegExp(`funnelwatch_projection_lag_seconds\\{projection="funnel",bucket="${bucket}"`));
  expect(metrics).toMatch(/funnelwatch_quarantine_oldest_seconds\{projection="funnel",app="projector"\} \d/);
  expect(metrics).toContain(
    `funnelwatch_projection_lag_events{projection="funnel",bucket="${bucket}",app="projector"} 0`,
  );
  expect(await end(second.child, 'SIGTERM')).toBe(0);
});

test('the key of another installation is refused, and the right one taken from the environment', async () => {
  const masterKey = randomBytes(32);
  const ring = new KeyRing({ masterKey, store: new PostgresKeyStore(pool) });
  await ring.seal({ portalId, bucket }, 'contact:1', { name: 'x' });
  const refused = await start();
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.output).toMatch(/encrypted with another master key\. .*Nothing was changed\./);
  const right = { FUNNELWATCH_KEY_FILE: '', FUNNELWATCH_KEY: masterKey.toString('base64') };
  expect(await start(right)).toHaveProperty('port');
  await pool.query('DELETE FROM keys.subject_key');
});

test('wrong settings are named all at once and end it with code 2', async () => {
  const outcome = await start({ DATABASE_URL: 'nonsense', BATCH_SIZE: '0' });
  expect(outcome).toMatchObject({ code: 2 });
  expect(outcome.output).toMatch(/DATABASE_URL[\s\S]*BATCH_SIZE/);
});

test('a database without tables is refused with what to do', async () => {
  const empty = await createTestDatabase();
  try {
    const outcome = await start({ DATABASE_URL: empty.url });
    expect(outcome).toMatchObject({ code: 1 });
    expect(outcome.output).toContain('funnelwatch migrate');
  } finally {
    await empty.drop();
  }
});
