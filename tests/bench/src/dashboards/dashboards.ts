import { type AlertFile, catalogueOf, generateFiles } from '@funnelwatch/dashboards';
import { executeQueries, type ExecutionReport, type QueryTiming, seedFleet } from '@funnelwatch/dashboards/testing';
import { productMigrations } from '@funnelwatch/product-database';
import { applyRoles, ensureLogins, loginNameOf } from '@funnelwatch/roles';
import pg from 'pg';
import type { Row } from '../row.js';
import { BenchServer } from '../server/bench-server.js';

const PORTALS = 10;
/** The first portal has as many deals as all others together; about twelve events of a deal go into the read models. */
const DEALS = Number((process.env['BENCH_DEALS'] ?? '42000').split(',').at(-1));
const EVENTS_OF_DEAL = 12;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? '5');
const MOST_MS = 200;
const SHOWN = 8;
const PASSWORD = 'bench-of-dashboards';

/**
 * Every query of every dashboard and alert over all ranges and choices of variables, as the login of Grafana, on read models
 * that a million events leave behind.
 */
export async function measureDashboards(): Promise<Row[]> {
  const server = await BenchServer.start();
  try {
    const { url } = await server.productDatabase('product', productMigrations);
    await applyRoles({ url });
    await ensureLogins({ url, passwords: { grafana: PASSWORD } });
    const now = new Date();
    await fill(url, now);
    await server.settle();
    const grafana = new URL(url);
    grafana.username = loginNameOf('grafana');
    grafana.password = PASSWORD;
    const catalogue = catalogueOf('en', {});
    const settings = { consoleUrl: 'http://127.0.0.1:4400', timeZone: 'Europe/Moscow', language: 'en' } as const;
    const rules = generateFiles(catalogue, [], settings).get('provisioning/alerting/rules.json') ?? '';
    const asked = {
      dashboards: catalogue.dashboards.map(({ json }) => json),
      alerts: [JSON.parse(rules) as AlertFile],
      now,
      url: grafana.href,
    };
    const reports: ExecutionReport[] = [];
    for (let round = 0; round < ROUNDS; round += 1) reports.push(await executeQueries(asked));
    return rowsOf(reports);
  } finally {
    await server.stop();
  }
}

async function fill(url: string, until: Date): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await seedFleet(client, { portals: PORTALS, deals: DEALS, until });
  await client.query('VACUUM (ANALYZE)');
  await client.end();
}

function rowsOf(reports: readonly ExecutionReport[]): Row[] {
  const [problem] = reports.flatMap((report) => report.problems);
  if (problem) throw new Error(`${problem.where}: ${problem.message}`);
  const timings = reports.flatMap((report) => report.timings);
  const queries = [...Map.groupBy(timings, ({ where }) => where)]
    .map(([where, own]) => ({ where, p95: p95Of(own), slowest: slowestOf(own) }))
    .sort((one, other) => other.p95 - one.p95);
  const slow = queries.filter(({ p95 }) => p95 >= MOST_MS).length;
  const scans = new Set(
    reports.flatMap((report) => report.scans.map(({ where, relation }) => `${where}: ${relation}`)),
  );
  const events = DEALS * 2 * EVENTS_OF_DEAL;
  return [
    millisecondsRow(`${timings.length} answers to ${queries.length} queries, ${events} events, p95`, p95Of(timings)),
    countRow(`queries whose own p95 is ${MOST_MS} ms or more`, slow),
    countRow(`large tables that a query reads whole${[...scans].map((scan) => `; ${scan}`).join('')}`, scans.size),
    ...queries
      .slice(0, SHOWN)
      .map(({ where, p95, slowest }) =>
        millisecondsRow(`${where}, p95 (slowest: ${slowest.case}, ${Math.round(slowest.milliseconds)} ms)`, p95),
      ),
  ];
}

const slowestOf = (timings: readonly QueryTiming[]): QueryTiming =>
  timings.reduce((one, other) => (other.milliseconds > one.milliseconds ? other : one));

function p95Of(timings: readonly QueryTiming[]): number {
  const sorted = timings.map(({ milliseconds }) => milliseconds).sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
}

const millisecondsRow = (work: string, value: number): Row => ({
  work,
  figure: `${value.toFixed(1)} ms`,
  value,
  target: `< ${MOST_MS} ms`,
  reached: value < MOST_MS,
});

const countRow = (work: string, value: number): Row => ({
  work,
  figure: String(value),
  value,
  target: 'none',
  reached: value === 0,
});
