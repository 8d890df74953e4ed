import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  eventLogMigrations,
  PostgresEventLog,
  readGenerations,
  requestRebuild,
  summariseQuarantine,
} from '@funnelwatch/event-log';
import { funnelMigrations, funnelVersion } from '@funnelwatch/funnel';
import { motivationMigrations } from '@funnelwatch/motivation';
import { planMigrations } from '@funnelwatch/plan';
import type { Pool } from 'pg';
import { rateOf } from '../compare.js';
import type { Row } from '../row.js';
import { BenchServer } from '../server/bench-server.js';
import { WorkerProcess } from '../server/worker-process.js';
import { EVENTS_OF_DEAL, FunnelLog } from './funnel-log.js';

const sizes = (process.env['BENCH_EVENTS'] ?? '100000,1000000').split(',').map(Number);
const PORTALS = 8;

interface Outcome {
  events: number;
  eventsPerSecond: number;
  peakMiB: number;
}

/**
 * Rebuilds the funnel by a real projector, started as the product starts it, on logs of two sizes: events a second until
 * the new generation serves, and the peak memory of the process.
 */
export async function measureRebuildMemory(): Promise<Row[]> {
  const server = await BenchServer.start();
  const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-bench-keys-'));
  const keyFile = join(folder, 'master.key');
  await writeFile(keyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  try {
    const { pool, url } = await server.productDatabase('product', [
      ...[...eventLogMigrations, ...funnelMigrations, ...planMigrations, ...motivationMigrations],
    ]);
    const log = new PostgresEventLog(pool);
    server.beforeStop(() => log.close());
    const funnel = new FunnelLog(log, PORTALS);
    await funnel.configure();
    const outcomes: Outcome[] = [];
    const rows: Row[] = [];
    for (const events of sizes) {
      await funnel.growTo(events / EVENTS_OF_DEAL);
      const environment = { DATABASE_URL: url, FUNNELWATCH_KEY_FILE: keyFile };
      // What serves is brought to the end of the log first, by a process that does not count.
      const first = await WorkerProcess.start('projector', environment);
      await caughtUp(pool);
      await first.stop();
      await server.settle();
      const outcome = await rebuild(pool, environment, events);
      outcomes.push(outcome);
      rows.push(read(`rebuild of the funnel, ${events} events`, outcome.eventsPerSecond, 'events/s'));
    }
    const [small, large] = outcomes;
    const ratio = (large?.peakMiB ?? 0) / (small?.peakMiB ?? 0);
    const bytes = await bytesOfEvent(pool);
    return [
      ...rows,
      {
        work: `peak memory of the projector, ${small?.events} → ${large?.events} events: ${small?.peakMiB} → ${large?.peakMiB} MiB`,
        figure: `${ratio.toFixed(2)}×`,
        value: ratio,
        target: 'flat (0.90 to 1.10×)',
        reached: ratio <= 1.1 && ratio >= 0.9,
      },
      read('bytes of an event in the log, with its indexes', bytes.withIndexes, 'bytes'),
      read('bytes of an event in the log, without indexes', bytes.alone, 'bytes'),
      read('bytes of the funnel read models, by event', bytes.readModels, 'bytes'),
    ];
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const read = (work: string, value: number, unit: string): Row => ({
  work,
  figure: `${Math.round(value)} ${unit}`,
  value,
  target: null,
  reached: true,
});

async function rebuild(pool: Pool, environment: Record<string, string>, events: number): Promise<Outcome> {
  const child = await WorkerProcess.start('projector', environment);
  const generation = await requestRebuild(pool, { name: 'funnel', definitionVersion: funnelVersion });
  const eventsPerSecond = await rateOf(events, async () => {
    for (;;) {
      const state = (await readGenerations(pool, 'funnel')).find((known) => known.generation === generation)?.state;
      if (state === 'serving') return;
      if (state !== 'building') throw new Error(`The rebuild of the funnel ended as ${state}`);
      await sleep(100);
    }
  });
  const peakMiB = await child.peakMiB();
  await child.stop();
  const { events: quarantined } = await summariseQuarantine(pool, 'funnel');
  if (quarantined > 0) throw new Error(`${quarantined} events of the bench could not be applied`);
  return { events, eventsPerSecond, peakMiB };
}

async function caughtUp(pool: Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ left: number }>(
      `SELECT sum(counter."position" - coalesce(checkpoint."position", 0))::float8 AS left
         FROM log.counter LEFT JOIN log.checkpoint ON projection = 'funnel' AND checkpoint.bucket = counter.bucket`,
    );
    if (rows[0]?.left === 0) return;
    await sleep(200);
  }
}

async function bytesOfEvent(pool: Pool): Promise<{ withIndexes: number; alone: number; readModels: number }> {
  const { rows } = await pool.query<{ withIndexes: number; alone: number; readModels: number }>(
    `SELECT pg_total_relation_size('log.event')::float8 / events AS "withIndexes",
            pg_table_size('log.event')::float8 / events AS alone,
            (SELECT sum(pg_total_relation_size(c.oid))::float8 FROM pg_class c
              JOIN log.projection_version v ON v.schema_name::regnamespace = c.relnamespace
             WHERE v.projection = 'funnel' AND v.state = 'serving' AND c.relkind = 'r') / events AS "readModels"
       FROM (SELECT count(*)::float8 AS events FROM log.event) AS counted`,
  );
  const [row] = rows;
  if (!row) throw new Error('The log has no size');
  return row;
}
