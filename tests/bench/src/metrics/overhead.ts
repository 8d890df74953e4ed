import { randomUUID } from 'node:crypto';
import {
  type EventLog,
  type PortalAddress,
  PostgresEventLog,
  PostgresFeed,
  type ProjectionProgress,
  runProjection,
} from '@funnelwatch/event-log';
import { appendMetrics, createMetrics } from '@funnelwatch/observability';
import { ReadModelMetrics } from '@funnelwatch/read-model-worker';
import type { Pool } from 'pg';
import { asClients } from '../append/clients.js';
import { compare, type Comparison, type Contest, rateOf } from '../compare.js';
import { dealChanged } from '../deal-events.js';
import { dealSummary, dealSummaryTable } from '../rebuild/deal-summary.js';
import { ratioRow, type Row } from '../row.js';
import { BenchServer } from '../server/bench-server.js';
import { silent } from '../silent.js';
import { ProcessorPace } from './processor-time.js';

const PAIRS = 9;
/** Counting may cost five of a hundred. */
const LEAST = 0.95;
const EVENTS = Number(process.env['BENCH_REBUILD_EVENTS'] ?? '100000');
/** Of each turn: shorter ones differ by a tenth from one to the next. */
const APPENDS = 4_800;
const BATCHES = 120;
const EVENTS_OF_BATCH = 100;
const BUCKETS = 8;

/** The same work with its metrics and without, on one server. */
export async function measureOverhead(): Promise<Row[]> {
  const server = await BenchServer.start();
  try {
    const { pool } = await server.productDatabase('product');
    const registry = createMetrics({ app: 'projector' });
    const observe = appendMetrics(registry);
    const logs = {
      product: new PostgresEventLog(pool, { onAppended: observe }),
      peer: new PostgresEventLog(pool),
    };
    for (const log of Object.values(logs)) server.beforeStop(() => log.close());
    const portals = Array.from({ length: BUCKETS }, (_, bucket) => ({ portalId: randomUUID(), bucket }));
    const contest = { rounds: PAIRS, between: () => server.settle() };
    const singles = (log: EventLog) =>
      rateOf(APPENDS, () => asClients(50, APPENDS, (client) => appendOne(log, portals, client)));
    const batches = (log: EventLog) =>
      rateOf(BATCHES * EVENTS_OF_BATCH, () => asClients(1, BATCHES, (client) => appendBatch(log, portals, client)));
    const single = await contestOf(APPENDS, { ...contest, ...sidesOf(logs, singles) });
    const batch = await contestOf(BATCHES * EVENTS_OF_BATCH, { ...contest, ...sidesOf(logs, batches) });
    const filled = await filledDatabase(server, portals);
    const metrics = new ReadModelMetrics(registry, filled, [dealSummary.name], silent);
    const fold = (onProgress?: (progress: ProjectionProgress) => void) =>
      rateOf(EVENTS, () => foldAll(filled, onProgress));
    const folded = await contestOf(EVENTS, {
      ...contest,
      turns: 2,
      product: async () => {
        const scraping = setInterval(() => void registry.metrics(), 1_000);
        const rate = await fold((progress) => metrics.onProgress(dealSummary.name, progress));
        clearInterval(scraping);
        return rate;
      },
      peer: () => fold(),
    });
    return [
      ...rowsOf('append with metrics, 50 clients', single),
      ...rowsOf('append of 100 with metrics, one writer', batch),
      ...rowsOf(`rebuild of ${EVENTS} events with metrics and a scrape a second`, folded),
      countingRow('append', () => observe({ outcome: 'appended', events: 1, seconds: 0.004 })),
      countingRow('batch of a read model', () =>
        metrics.onProgress(dealSummary.name, { bucket: 3, position: 1, head: 1, events: 500, seconds: 0.02 }),
      ),
    ];
  } finally {
    await server.stop();
  }
}

interface Outcome {
  byClock: Comparison;
  byProcessor: Comparison;
}

async function contestOf(count: number, contest: Contest): Promise<Outcome> {
  const pace = new ProcessorPace();
  const byClock = await compare(pace.beside(count, contest));
  return { byClock, byProcessor: pace.comparison() };
}

const sidesOf = (logs: Record<'product' | 'peer', EventLog>, append: (log: EventLog) => Promise<number>) => ({
  product: () => append(logs.product),
  peer: () => append(logs.peer),
});

const rowsOf = (work: string, { byClock, byProcessor }: Outcome): Row[] => [
  ratioRow(`${work}, without`, 'events/s', byClock, { least: LEAST }),
  ratioRow(`${work}, without, of this program's processor`, 'events/s', byProcessor),
];

const COUNTED = 1_000_000;

/** What counting itself costs, by the processor: too little to see beside the work. */
function countingRow(what: string, count: () => void): Row {
  for (let warmUp = 0; warmUp < COUNTED / 10; warmUp += 1) count();
  const before = process.cpuUsage();
  for (let counted = 0; counted < COUNTED; counted += 1) count();
  const { user, system } = process.cpuUsage(before);
  const value = (user + system) / COUNTED;
  return { work: `counting one ${what}`, figure: `${value.toFixed(2)} µs`, value, target: null, reached: true };
}

let serial = 0;

function appendOne(log: EventLog, portals: readonly PortalAddress[], client: number): Promise<unknown> {
  const streamId = `deal:${(serial += 1) % 500}`;
  const portal = portals[client % portals.length] as PortalAddress;
  return log.append(portal, [{ streamId, expected: 'any', events: [dealChanged(streamId)] }]);
}

function appendBatch(log: EventLog, portals: readonly PortalAddress[], client: number): Promise<unknown> {
  const streamId = `deal:${(serial += 1) % 500}`;
  const portal = portals[client % portals.length] as PortalAddress;
  const events = Array.from({ length: EVENTS_OF_BATCH }, () => dealChanged(streamId));
  return log.append(portal, [{ streamId, expected: 'any', events }]);
}

/** A database whose log has as many events as a rebuild is to fold. */
async function filledDatabase(server: BenchServer, portals: readonly PortalAddress[]): Promise<Pool> {
  const { pool } = await server.productDatabase('folded');
  const log = new PostgresEventLog(pool);
  for (let events = 0; events < EVENTS; events += EVENTS_OF_BATCH) {
    await appendBatch(log, portals, events / EVENTS_OF_BATCH);
  }
  await log.close();
  return pool;
}

/** Folds the whole log into tables of its own, as a worker does it for what serves, and removes them. */
async function foldAll(pool: Pool, onProgress?: (progress: ProjectionProgress) => void): Promise<void> {
  const schema = `fold_${(serial += 1)}`;
  await pool.query(`CREATE SCHEMA ${schema}; ${dealSummaryTable(schema)}`);
  const feed = new PostgresFeed({ pool, holder: schema });
  const stopping = new AbortController();
  let folded = 0;
  await runProjection({
    name: schema,
    feed,
    pool,
    logger: silent,
    signal: stopping.signal,
    apply: (client, { bucket, events }) => dealSummary.apply(client, { schema, bucket, events }),
    onProgress: (progress) => {
      onProgress?.(progress);
      folded += progress.events;
      if (folded >= EVENTS) stopping.abort();
    },
  });
  feed.close();
  await pool.query(`DROP SCHEMA ${schema} CASCADE`);
  await pool.query('DELETE FROM log.checkpoint WHERE projection = $1', [schema]);
}
