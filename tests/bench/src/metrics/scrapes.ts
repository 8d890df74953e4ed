import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresEventLog } from '@funnelwatch/event-log';
import { createPool } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { EVENTS_OF_DEAL, FunnelLog } from '../memory/funnel-log.js';
import { medianOf, type Row } from '../row.js';
import { openCases } from '../rules/ten-thousand-cases.js';
import { RunningProduct } from '../running-product.js';
import { processorMsOf } from './processor-time.js';

const SCRAPES = Number(process.env['BENCH_SCRAPES'] ?? '20');
const EVENTS = 200_000;
const OPEN_CASES = 10_000;
const CLOSED_CASES = 100_000;
const MESSAGES = 100_000;
/** A year of one every quarter of an hour. */
const CERTIFICATES = 35_000;
const SET_ASIDE = 1_000;
const MOST_MS = 50;
/** Readings are kept for 5 s: after that a scrape reads everything anew. */
const UNTIL_STALE_MS = 5_200;

/** Scrapes of every program of `npm start` on a database that is years old; each reads all it shows. */
export async function measureScrapes(): Promise<Row[]> {
  const product = await RunningProduct.start({ simulator: ['--company', 'tiny'] });
  try {
    await product.waitForBackfill();
    const pool = createPool({
      url: await product.databaseUrl(),
      applicationName: 'bench',
      max: 2,
      statementTimeoutMs: 0,
    });
    await grow(pool, product.report.portalId);
    await pool.query('VACUUM (ANALYZE)');
    const addresses = Object.entries(await product.metricsAddresses());
    const seen = new Map<string, Seen>(
      addresses.map(([app]) => [app, { times: [], processor: [], bytes: 0, readings: new Map() }]),
    );
    for (let round = 0; round <= SCRAPES; round += 1) {
      await sleep(UNTIL_STALE_MS);
      for (const [app, address] of addresses) {
        const programs = [product.report.pids[app] ?? 0, ...(await connectionsOf(pool, app))];
        const idleMs = await processorDuring(programs, () => Promise.resolve());
        let scraped: Scraped | null = null;
        const busyMs = await processorDuring(programs, async () => void (scraped = await scrape(address)));
        // The first one prepares statements, and waits for what nobody has read yet.
        if (round > 0) note(seen.get(app), scraped, busyMs - idleMs);
      }
    }
    await pool.end();
    return [...seen].flatMap(([app, what]) => [scrapeRow(app, what), ...costRows(app, what)]);
  } finally {
    await product.stop();
  }
}

interface Seen {
  /** Milliseconds of each scrape. */
  times: number[];
  /** Milliseconds of processor of the program and its connections, beyond what they do anyway. */
  processor: number[];
  bytes: number;
  /** Milliseconds of each reading of the database, by name. */
  readings: Map<string, number[]>;
}

interface Scraped {
  text: string;
  timeMs: number;
}

/** Processes of the database that work for a program. */
async function connectionsOf(pool: Pool, app: string): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity
      WHERE application_name LIKE 'funnelwatch-' || $1 || '%'
         OR $1 = 'ingest' AND application_name IN ('funnelwatch-outbox', 'funnelwatch-relay')`,
    [app],
  );
  return rows.map(({ pid }) => pid);
}

/** Processor time of processes from the beginning of the work until half a second after its end. */
async function processorDuring(pids: readonly number[], work: () => Promise<void>): Promise<number> {
  const before = await processorMsOf(pids);
  await work();
  await sleep(500);
  return (await processorMsOf(pids)) - before;
}

/** One scrape, with the milliseconds it took. Throws when one of its readings has failed: it would be fast for nothing. */
async function scrape(address: string): Promise<Scraped> {
  const beganMs = performance.now();
  const text = await (await fetch(address)).text();
  const timeMs = performance.now() - beganMs;
  if (/^funnelwatch_scrape_errors_total\{.*\} [1-9]/m.test(text)) throw new Error(`A reading of ${address} failed`);
  return { text, timeMs };
}

function note(seen: Seen | undefined, scraped: Scraped | null, processorMs: number): void {
  if (!seen || !scraped) return;
  const { text, timeMs } = scraped;
  seen.times.push(timeMs);
  seen.processor.push(processorMs);
  seen.bytes = text.length;
  for (const [, reading = '', seconds] of text.matchAll(readingLine)) {
    seen.readings.set(reading, [...(seen.readings.get(reading) ?? []), Number(seconds) * 1000]);
  }
}

const readingLine = /^funnelwatch_scrape_reading_seconds\{reading="([a-z-]+)".*\} (.+)$/gm;

function scrapeRow(app: string, { times, bytes }: Seen): Row {
  const sorted = [...times].sort((left, right) => left - right);
  const slow = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY;
  const median = medianOf(sorted).toFixed(1);
  return {
    work: `scrape of ${app}, ${Math.round(bytes / 1024)} KiB, ${sorted.length} times, median ${median} ms, p95`,
    figure: `${slow.toFixed(1)} ms`,
    value: slow,
    target: `< ${MOST_MS} ms`,
    reached: slow < MOST_MS,
  };
}

/** What others on the machine do not change, and the reading that takes longest, for which a scrape does not wait. */
function costRows(app: string, { processor, readings }: Seen): Row[] {
  const plain = (work: string, value: number): Row => ({
    ...{ work, value, figure: `${value.toFixed(1)} ms` },
    ...{ target: null, reached: true },
  });
  const medians = [...readings].map(([reading, times]) => [reading, medianOf(times)] as const);
  const [slowest] = medians.sort(([, left], [, right]) => right - left);
  return [
    plain(`processor of a scrape of ${app}, program and database, median`, medianOf(processor)),
    ...(slowest ? [plain(`slowest reading of ${app}: ${slowest[0]}, median`, slowest[1])] : []),
  ];
}

/** Fills what a scrape looks at: the log, the queue, the outbox, certificates, the quarantine. */
async function grow(pool: Pool, portalId: string): Promise<void> {
  const { rows } = await pool.query<{ bucket: number }>('SELECT bucket FROM registry.portal WHERE portal_id = $1', [
    portalId,
  ]);
  const portal = { portalId, bucket: rows[0]?.bucket ?? 0 };
  const log = new PostgresEventLog(pool);
  const funnel = new FunnelLog(log, 8);
  await funnel.configure();
  await funnel.growTo(EVENTS / EVENTS_OF_DEAL);
  await openCases(log, portal, OPEN_CASES);
  await log.close();
  await untilFolded(pool);
  for (const statement of seeds) await pool.query(statement, [portal.bucket, portal.portalId]);
}

const seeds = [
  `INSERT INTO curation_v1.violation_case
   SELECT made.*
     FROM (SELECT to_jsonb(row) AS row FROM curation_v1.violation_case row WHERE bucket = $1 AND portal_id = $2 LIMIT 1) AS known
    CROSS JOIN generate_series(1, ${CLOSED_CASES}) AS number
    CROSS JOIN LATERAL jsonb_populate_record(NULL::curation_v1.violation_case, known.row || jsonb_build_object(
                         'case_id', gen_random_uuid(), 'status', 'closed', 'item_count', number)) AS made`,
  `INSERT INTO writeback.message (bucket, portal_id, message_id, channel, recipient_id, about_kind, about_id, purpose,
                                  sealed_text, marker, not_before, state, created_at)
   SELECT $1, $2, gen_random_uuid(), 'task', '3', 'deal', '1', 'case:' || number, 'x', 'bench ' || number, made, 'sent', made
     FROM generate_series(1, ${MESSAGES}) AS number
    CROSS JOIN LATERAL (SELECT now() - make_interval(mins => number * 10) AS made) AS at`,
  `INSERT INTO capture.certificate (bucket, portal_id, certified_at, day, scope, expected, held, unexplained)
   SELECT $1, $2, at, at::date, 'all', '{}', '{}', 0
     FROM generate_series(1, ${CERTIFICATES}) AS number
    CROSS JOIN LATERAL (SELECT now() - make_interval(mins => number * 15) AS at) AS made`,
  `INSERT INTO log.quarantine (projection, bucket, "position", portal_id, stream_id, event_id, event_type, schema_version,
                               status, reason_code)
   SELECT 'funnel', $1, 1000000000 + number, $2, 'deal:bench', gen_random_uuid(), 'DealChanged', 1, 'poison', 'BENCH'
     FROM generate_series(1, ${SET_ASIDE}) AS number`,
];

async function untilFolded(pool: Pool): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ left: number }>(
      'SELECT coalesce(sum(events), 0)::float8 AS left FROM read.ops_lag',
    );
    if (rows[0]?.left === 0) return;
    await sleep(500);
  }
}
