import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { PostgresEventLog, PostgresFeed, runProjection } from '@funnelwatch/event-log';
import { type FunnelReader, type FunnelScope, funnelProjection, PostgresFunnelReader } from '@funnelwatch/funnel';
import { createPool, inScope } from '@funnelwatch/postgres';
import { applyRoles, ensureLogins, loginNameOf } from '@funnelwatch/roles';
import type { Pool } from 'pg';
import { EVENTS_OF_DEAL, FunnelLog } from '../memory/funnel-log.js';
import { medianOf, ratioRow, type Row } from '../row.js';
import { BenchServer } from '../server/bench-server.js';
import { silent } from '../silent.js';

/** The last one, where several sizes are named for other parts. */
const DEALS = Number((process.env['BENCH_DEALS'] ?? '100000').split(',').at(-1));
const PORTALS = 2;
const PAIRS = 9;
/** Short questions are asked again and again until a turn takes about this long. */
const TURN_MS = 200;
const PASSWORD = 'bench-of-walls';

const pipelineId = 'deal:0';
const month = { from: new Date('2026-06-01T00:00:00Z'), to: new Date('2026-07-01T00:00:00Z') };
const year = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2027-01-01T00:00:00Z') };
const cohort = { pipelineId, definition: 'reached', horizonDays: 90 } as const;

type Ask = (reader: FunnelReader, pool: Pool, scope: FunnelScope) => Promise<unknown>;

const questions: Record<string, Ask> = {
  'one row by its key': (_reader, pool, { bucket, portalId }) =>
    pool.query({
      name: 'bench.progress',
      text: 'SELECT last_position FROM read.funnel_progress WHERE bucket = $1 AND portal_id = $2',
      values: [bucket, portalId],
    }),
  pipelines: (reader, _pool, scope) => reader.pipelines(scope),
  sellers: (reader, _pool, scope) => reader.sellers(scope),
  now: (reader, _pool, scope) => reader.now(scope, { pipelineId }),
  'now, as of a past day': (reader, _pool, scope) => reader.now(scope, { pipelineId, asOf: month.to }),
  'flow of a month': (reader, _pool, scope) => reader.flow(scope, { pipelineId, period: month }),
  'flow of a year': (reader, _pool, scope) => reader.flow(scope, { pipelineId, period: year }),
  'cohort of a month': (reader, _pool, scope) => reader.cohort(scope, { ...cohort, period: month }),
  'cohort of a year': (reader, _pool, scope) => reader.cohort(scope, { ...cohort, period: year }),
  'transitions of a year': (reader, _pool, scope) => reader.transitions(scope, { pipelineId, period: year }),
  'table of 12 months': (reader, _pool, scope) =>
    reader.months(scope, { pipelineId, fromMonth: '2026-01', toMonth: '2027-01' }),
  'records of an entry': (reader, _pool, scope) =>
    reader.records(scope, { view: 'flow', figure: 'entries', pipelineId, stageId: 'MEETING', period: month }),
  'one record': (reader, _pool, scope) => reader.record(scope, 'deal', '1'),
};

/**
 * The questions of the funnel asked by the API, behind the walls, and by the owner of the tables, for whom there are none:
 * the same statements on the same data, in pairs that alternate.
 */
export async function measureWalls(): Promise<Row[]> {
  const server = await BenchServer.start();
  try {
    const { pool: owner, url } = await server.productDatabase('product');
    await applyRoles({ url });
    await ensureLogins({ url, passwords: { api: PASSWORD } });
    const portal = await fill(server, owner);
    const address = new URL(url);
    address.username = loginNameOf('api');
    address.password = PASSWORD;
    // One connection each, so that its process is known.
    const options = { applicationName: 'bench-walls', statementTimeoutMs: 0, max: 1 };
    const walled = createPool({ ...options, url: address.href, scoped: true });
    const plain = createPool({ ...options, url });
    for (const pool of [walled, plain]) server.beforeStop(() => pool.end());
    const scope: FunnelScope = { ...portal, zone: 'Europe/Moscow', currency: 'RUB' };
    const clock = { now: () => new Date('2026-12-01T09:00:00Z') };
    const readers = [new PostgresFunnelReader(walled, clock), new PostgresFunnelReader(plain, clock)] as const;
    const behind = (ask: Ask) => () => inScope([portal.portalId], () => ask(readers[0], walled, scope));
    const beside = (ask: Ask) => () => ask(readers[1], plain, scope);
    const clocks = { product: await clockOf(walled), peer: await clockOf(plain) };
    const rows: Row[] = [];
    const all = { wall: noTimes(), processor: noTimes() };
    for (const [name, ask] of Object.entries(questions)) {
      const sides = { product: behind(ask), peer: beside(ask) };
      refuseOther(name, await sides.product(), await sides.peer());
      const times = await pairsOf(sides, clocks);
      rows.push(ratioRow(name, 'ms without walls', withRatios(times.wall), { most: 1.1 }));
      rows.push(ratioRow(`${name}, the database's processor`, 'ms', withRatios(times.processor)));
      for (const kind of ['wall', 'processor'] as const) add(all[kind], times[kind]);
    }
    const title = `all of them, ${DEALS * EVENTS_OF_DEAL} events of ${PORTALS} portals`;
    return [
      ...rows,
      ratioRow(title, 'ms without walls', withRatios(all.wall), { most: 1.1 }),
      ratioRow(`${title}, the database's processor`, 'ms', withRatios(all.processor), { most: 1.1 }),
    ];
  } finally {
    await server.stop();
  }
}

/** Fills the log and the read models; returns a portal that has its share of both. */
async function fill(server: BenchServer, pool: Pool): Promise<{ portalId: string; bucket: number }> {
  const log = new PostgresEventLog(pool);
  server.beforeStop(() => log.close());
  const funnel = new FunnelLog(log, PORTALS);
  await funnel.configure();
  await funnel.growTo(DEALS);
  const stopping = new AbortController();
  const feed = new PostgresFeed({ pool, holder: 'bench' });
  const projecting = runProjection({
    ...funnelProjection({ sealedTexts: { openMany: () => Promise.resolve([]) } }),
    feed,
    pool,
    logger: silent,
    signal: stopping.signal,
  });
  while (!(await isProjected(pool))) await new Promise((resolve) => setTimeout(resolve, 200));
  stopping.abort();
  await projecting;
  feed.close();
  await pool.query('VACUUM (ANALYZE)');
  await server.settle();
  const { rows } = await pool.query<{ portalId: string; bucket: number }>(
    `SELECT portal_id AS "portalId", bucket FROM read.funnel_object WHERE object_id = '1'`,
  );
  const [portal] = rows;
  if (!portal) throw new Error('The bench has no deals');
  return portal;
}

async function isProjected(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ left: number }>(
    `SELECT sum(counter."position" - coalesce(checkpoint."position", 0))::float8 AS left
       FROM log.counter LEFT JOIN log.checkpoint ON projection = 'funnel' AND checkpoint.bucket = counter.bucket`,
  );
  return rows[0]?.left === 0;
}

interface Sides<Value> {
  product: Value;
  peer: Value;
}
type Times = Sides<number[]>;
/** Milliseconds of processor time that the process of a connection has had. */
type ProcessorClock = () => Promise<number>;

const noTimes = (): Times => ({ product: [], peer: [] });

function add(sum: Times, times: Times): void {
  for (const who of ['product', 'peer'] as const) {
    times[who].forEach((ms, pair) => (sum[who][pair] = (sum[who][pair] ?? 0) + ms));
  }
}

async function clockOf(pool: Pool): Promise<ProcessorClock> {
  const { rows } = await pool.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return async () => Number((await readFile(`/proc/${rows[0]?.pid}/schedstat`, 'utf8')).split(' ')[0]) / 1e6;
}

/** Milliseconds of a question, by pair. */
async function pairsOf(
  sides: Sides<() => Promise<unknown>>,
  clocks: Sides<ProcessorClock>,
): Promise<{ wall: Times; processor: Times }> {
  const [wall, processor] = [noTimes(), noTimes()];
  // Named statements are planned anew for the first five.
  for (let warmUp = 0; warmUp < 6; warmUp += 1) for (const ask of [sides.product, sides.peer]) await ask();
  const once = await timeOf(sides.peer, 3, clocks.peer);
  const repeats = Math.max(1, Math.round(TURN_MS / once.wall));
  for (let pair = 0; pair < PAIRS; pair += 1) {
    // Each side is asked before and after the other one, so that neither gains by its place.
    const inTurn = { wall: noTimes(), processor: noTimes() };
    for (const who of ['product', 'peer', 'peer', 'product'] as const) {
      const time = await timeOf(sides[who], repeats, clocks[who]);
      inTurn.wall[who].push(time.wall);
      inTurn.processor[who].push(time.processor);
    }
    for (const who of ['product', 'peer'] as const) {
      wall[who].push(medianOf(inTurn.wall[who]));
      processor[who].push(medianOf(inTurn.processor[who]));
    }
  }
  return { wall, processor };
}

async function timeOf(
  ask: () => Promise<unknown>,
  repeats: number,
  clock: ProcessorClock,
): Promise<{ wall: number; processor: number }> {
  const [beganMs, processorMs] = [performance.now(), await clock()];
  for (let repeat = 0; repeat < repeats; repeat += 1) await ask();
  return {
    wall: (performance.now() - beganMs) / repeats,
    processor: ((await clock()) - processorMs) / repeats,
  };
}

const withRatios = (times: Times) => ({
  ...times,
  ratios: times.product.map((ms, pair) => ms / (times.peer[pair] ?? Number.NaN)),
});

/** A comparison of different answers would mean nothing. */
function refuseOther(name: string, walled: unknown, plain: unknown): void {
  const rowsOf = (answer: unknown) => (answer as { rows?: unknown }).rows ?? answer;
  if (!isDeepStrictEqual(rowsOf(walled), rowsOf(plain)))
    throw new Error(`Behind the walls, ${name} is answered otherwise`);
}
