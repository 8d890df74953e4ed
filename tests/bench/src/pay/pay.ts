import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { eventLogMigrations, PostgresEventLog, summariseQuarantine } from '@funnelwatch/event-log';
import { funnelMigrations, monthPeriod } from '@funnelwatch/funnel';
import { earnedIn, LedgerReader, motivationMigrations } from '@funnelwatch/motivation';
import { planMigrations } from '@funnelwatch/plan';
import type { Pool } from 'pg';
import type { Row } from '../row.js';
import { STEPS_OF_DEAL } from '../rules/sales-log.js';
import { BenchServer } from '../server/bench-server.js';
import { WorkerProcess } from '../server/worker-process.js';
import { inputs, PaidCompany, scheme, ZONE } from './paid-company.js';

const sizes = (process.env['BENCH_EVENTS'] ?? '100000,1000000').split(',').map(Number);
const SAMPLES = Number(process.env['BENCH_SAMPLES'] ?? '100');
const MOST_REPLAY_S = 60;
const MOST_LIVE_MS = 2_000;

interface Replayed {
  ms: number;
  personMonths: number;
  kopecks: string;
  peakMiB: number;
}

/**
 * Replays a year of 200 sellers through a scheme, of two sizes: seconds and peak memory of the process that replays. Then,
 * with the same history, from a fact in the log until it stands in the pay of a seller, a real projector between.
 */
export async function measurePay(): Promise<Row[]> {
  const server = await BenchServer.start();
  const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-bench-keys-'));
  const keyFile = join(folder, 'master.key');
  await writeFile(keyFile, randomBytes(32).toString('base64'), { mode: 0o600 });
  try {
    const migrations = [...eventLogMigrations, ...funnelMigrations, ...planMigrations, ...motivationMigrations];
    const { pool, url } = await server.productDatabase('product', migrations);
    const log = new PostgresEventLog(pool);
    server.beforeStop(() => log.close());
    const company = new PaidCompany(log);
    await company.configure();
    const environment = { DATABASE_URL: url, FUNNELWATCH_KEY_FILE: keyFile };
    const projector = await WorkerProcess.start('projector', environment);
    const replays: Replayed[] = [];
    const rows: Row[] = [];
    for (const events of sizes) {
      await company.growTo(events / STEPS_OF_DEAL);
      await caughtUp(pool);
      await server.settle();
      const replayed = await replay(url, company.portal);
      replays.push(replayed);
      const seconds = replayed.ms / 1000;
      rows.push({
        work: `replay of 12 months × 200 sellers through a scheme, ${events} events`,
        figure: `${seconds.toFixed(1)} s`,
        value: seconds,
        target: events >= 1_000_000 ? `< ${MOST_REPLAY_S} s` : null,
        reached: seconds < MOST_REPLAY_S,
      });
    }
    const [small, large] = [replays[0], replays.at(-1)];
    const ratio = (large?.peakMiB ?? 0) / (small?.peakMiB ?? 1);
    rows.push({
      work: `peak memory of a replay, ${Math.round(small?.peakMiB ?? 0)} → ${Math.round(large?.peakMiB ?? 0)} MiB`,
      figure: `${ratio.toFixed(2)}×`,
      value: ratio,
      target: 'flat (at most 1.25×)',
      reached: ratio <= 1.25,
    });
    rows.push(await live(pool, company));
    await projector.stop();
    const { events: setAside } = await summariseQuarantine(pool, 'motivation');
    if (setAside > 0) throw new Error(`${setAside} events of the bench could not be applied`);
    return rows;
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** From appending a sale until the pay of its owner has it: the 99th of a hundred. */
async function live(pool: Pool, company: PaidCompany): Promise<Row> {
  const ledger = new LedgerReader(pool);
  const month = '2027-01';
  const period = { ...monthPeriod(ZONE, month), zone: ZONE };
  const earned = async (userId: string) =>
    earnedIn(scheme, await ledger.done(company.portal, period, [userId]), inputs, 0n)?.score?.points.toString();
  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    await sleep(100 + ((sample * 67) % 250));
    const number = 5_000_000 + sample;
    const atMs = Date.parse('2027-01-11T07:00:00Z') + sample * 60_000;
    const userId = String(10 + (number % 200));
    const before = await earned(userId);
    await company.append(company.sales.stepOfDeal(number, 0, atMs));
    const beganMs = performance.now();
    await company.append(company.sales.stepOfDeal(number, 6, atMs + 1_000));
    while ((await earned(userId)) === before) {
      if (performance.now() - beganMs > 30_000) throw new Error(`The letter of ${userId} brought no points`);
      await sleep(2);
    }
    times.push(performance.now() - beganMs);
  }
  times.sort((left, right) => left - right);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? 0;
  return {
    work: `fact → points of a seller, median ${Math.round(at(0.5))} ms, slowest ${Math.round(at(1))} ms, p99`,
    figure: `${Math.round(at(0.99))} ms`,
    value: at(0.99),
    target: `< ${MOST_LIVE_MS} ms`,
    reached: at(0.99) < MOST_LIVE_MS,
  };
}

function replay(url: string, portal: PaidCompany['portal']): Promise<Replayed> {
  const child = fork(fileURLToPath(new URL('./replay-process.js', import.meta.url)), [], {
    env: { ...process.env, NODE_OPTIONS: '', REPLAY_SETTINGS: JSON.stringify({ url, portal }) },
    execArgv: ['--max-semi-space-size=8', '--max-old-space-size=64'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.on('message', (told) => resolve(told as Replayed));
    child.once('exit', (code) => reject(new Error(`The replay ended with ${code}`)));
  });
}

async function caughtUp(pool: Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ left: number }>(
      `SELECT sum(counter."position" - coalesce(checkpoint."position", 0))::float8 AS left
         FROM log.counter LEFT JOIN log.checkpoint ON projection = 'motivation' AND checkpoint.bucket = counter.bucket`,
    );
    if (rows[0]?.left === 0) return;
    await sleep(200);
  }
}
