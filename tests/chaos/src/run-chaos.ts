import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultEventTopic, eventLogMigrations, PostgresEventLog, prepareTopic } from '@funnelwatch/event-log';
import { createKafka } from '@funnelwatch/kafka';
import { createPool, migrate } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { FILLER_TOPIC, wreakHavoc } from './faults.js';
import { type Findings, judge } from './oracle.js';
import type { ProgramOrder } from './program.js';
import { Random } from './random.js';
import { tableOf } from './read-model.js';
import { Servers } from './servers.js';
import { SupervisedPrograms } from './supervised-programs.js';
import { pause, portals, startWriters, Written } from './writers.js';

export interface ChaosOptions {
  seed: number;
  /** How long things happen; the end is waited for. */
  seconds: number;
  say(text: string): void;
}

export interface ChaosOutcome extends Findings {
  acknowledged: number;
  unknown: number;
  restarts: number;
  happened: string[];
}

const BUCKETS = 8;
const LEASE_MS = 2_000;
/** Readers that come no further for so long are taken for stuck. */
const STUCK_AFTER_MS = 60_000;
const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** One run: servers, processes and writers, faults by the seed, then the verdict. Everything it started is ended. */
export async function runChaos({ seed, seconds, say }: ChaosOptions): Promise<ChaosOutcome> {
  const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-chaos-'));
  await chmod(folder, 0o755);
  const servers = await Servers.start(folder);
  const programs = new SupervisedPrograms();
  const onConnectionError = (): void => undefined;
  const pool = createPool({ url: servers.databaseUrl, applicationName: 'chaos', max: 20, onConnectionError });
  const log = new PostgresEventLog(pool);
  try {
    await migrate({ url: servers.databaseUrl, migrations: eventLogMigrations });
    await pool.query('CREATE DATABASE other');
    for (const name of ['by_log', 'by_kafka']) await pool.query(tableOf(name));
    const kafka = createKafka({ brokers: servers.brokers, clientId: 'chaos' }, quiet);
    const topic = { ...defaultEventTopic, bucketCount: BUCKETS };
    await prepareTopic(kafka, topic, servers.brokers);
    await prepareTopic(kafka, { ...topic, name: FILLER_TOPIC, bucketCount: 1 }, servers.brokers);
    for (const order of ordersOf(servers, topic.name)) programs.start(order);

    const written = new Written();
    const writing = new AbortController();
    const writers = startWriters(log, written, new Random(seed + 1), writing.signal);
    const surroundings = { servers, programs, kafka, pool, log, written, leaseMs: LEASE_MS, say };
    const happened = await wreakHavoc(surroundings, new Random(seed), seconds);
    writing.abort();
    await writers;
    say(
      `${written.acknowledged.length} events acknowledged, ${written.unknown.length} unknown; waiting for the readers`,
    );
    const late = await waitForReaders(pool, log);
    const findings = await judge({ pool, log, kafka, topic: topic.name, written });
    return {
      ...findings,
      problems: [...late, ...findings.problems],
      acknowledged: written.acknowledged.length,
      unknown: written.unknown.length,
      restarts: programs.restarts,
      happened: [...happened],
    };
  } finally {
    await programs.end();
    await log.close();
    await pool.end();
    await servers.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function ordersOf({ databaseUrl, brokers }: Servers, topic: string): ProgramOrder[] {
  const roles = ['relay', 'kafka worker', 'log worker'] as const;
  return roles.flatMap((role) =>
    [1, 2].map((number) => ({
      role,
      name: `${role} ${number}`,
      databaseUrl,
      brokers,
      topic,
      bucketCount: BUCKETS,
      leaseMs: LEASE_MS,
    })),
  );
}

/** Everybody must reach the end of the log once nothing happens any more. Returns who did not. */
async function waitForReaders(pool: Pool, log: PostgresEventLog): Promise<string[]> {
  const heads = new Map<number, number>();
  for (const { bucket } of portals) heads.set(bucket, await log.head(bucket));
  const last = { progress: -1, atMs: performance.now() };
  for (;;) {
    const { rows } = await pool.query<{ projection: string; bucket: number; position: number }>(
      'SELECT projection, bucket, "position" FROM log.checkpoint',
    );
    const late = ['relay', 'by_kafka', 'by_log'].flatMap((projection) =>
      [...heads].flatMap(([bucket, head]) => {
        const reached = rows.find((row) => row.projection === projection && row.bucket === bucket)?.position ?? 0;
        return reached === head ? [] : [`${projection} stands at ${bucket}:${reached} of ${head}`];
      }),
    );
    if (late.length === 0) return [];
    const progress = rows.reduce((sum, { position }) => sum + position, 0);
    if (progress !== last.progress) Object.assign(last, { progress, atMs: performance.now() });
    if (performance.now() - last.atMs > STUCK_AFTER_MS) return late;
    await pause(200);
  }
}
