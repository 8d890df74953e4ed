import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type pg from 'pg';
import type { AlertFile } from '../../sql/alert-file.js';
import { expandMacros } from '../../sql/expand-macros.js';
import { interpolate, variablesOf } from '../../sql/interpolate.js';
import { type PlacedQuery, queriesOfAlerts, queriesOfDashboard } from '../../sql/queries-of.js';
import { knownVariables } from './known-variables.js';
import { casesOf, type KnownVariable, type NamedRange, rangesUntil } from './matrix.js';
import { contractProblems } from './output-contract.js';
import { connectAsGrafana, sendQuery } from './sent-query.js';
import { type SequentialScan, sequentialScans } from './sequential-scans.js';

export interface ExecuteOptions {
  dashboards: readonly Dashboard[];
  alerts?: readonly AlertFile[];
  /** Of the login that Grafana has in production: `urlAs('grafana')`. */
  url: string;
  /** End of the ranges that end now. */
  now: Date;
  /** `rangesUntil(now)` unless given. */
  ranges?: readonly NamedRange[];
  /** 5 seconds unless given. */
  statementTimeoutMs?: number;
  /** Rows that a table must stay below; 10,000 unless given. */
  mostRows?: number;
  /** Rows of a table that may be read whole; 10,000 unless given. */
  mostScannedRows?: number;
}

/** One thing that is wrong with a query, and the cases in which it is: `24 h, all`. */
export interface QueryProblem {
  where: string;
  message: string;
  cases: string[];
}

export interface QueryTiming {
  where: string;
  case: string;
  milliseconds: number;
  rows: number;
}

export interface ExecutionReport {
  /** Statements that were sent. */
  executed: number;
  problems: QueryProblem[];
  /** Slowest first. */
  timings: QueryTiming[];
  /** Large tables that are read whole to answer for one value over `24 h`, or the first range where there is none. */
  scans: (SequentialScan & { where: string })[];
}

interface Run {
  client: pg.Client;
  options: Required<Omit<ExecuteOptions, 'alerts'>>;
  timings: QueryTiming[];
  scans: ExecutionReport['scans'];
  problems: Map<string, QueryProblem>;
}

/**
 * Sends every query in SQL of some dashboards and alerts, as Grafana would, for every range and choice of variables that
 * makes a difference, and holds each answer against what Grafana needs of it. Queries that fail are problems of the
 * report; throws only when the database cannot be reached or tables were never analysed.
 */
export async function executeQueries(options: ExecuteOptions): Promise<ExecutionReport> {
  const { alerts = [], ranges = rangesUntil(options.now), statementTimeoutMs = 5_000 } = options;
  const { mostRows = 10_000, mostScannedRows = 10_000 } = options;
  const client = await connectAsGrafana(options.url, statementTimeoutMs);
  const all = { ...options, ranges, statementTimeoutMs, mostRows, mostScannedRows };
  const run: Run = { client, options: all, timings: [], scans: [], problems: new Map() };
  try {
    for (const dashboard of options.dashboards) {
      const variables = await knownVariables(client, dashboard, ranges);
      for (const query of queriesOfDashboard(dashboard)) await executeQuery(run, query, variables);
    }
    for (const query of alerts.flatMap(queriesOfAlerts)) await executeQuery(run, query, []);
  } finally {
    await client.end();
  }
  return {
    executed: run.timings.length,
    problems: [...run.problems.values()],
    timings: run.timings.sort((one, other) => other.milliseconds - one.milliseconds),
    scans: run.scans,
  };
}

async function executeQuery(run: Run, query: PlacedQuery, variables: readonly KnownVariable[]): Promise<void> {
  if (query.language !== 'sql') return;
  const names = variablesOf(query.text);
  const asked = variables.filter((variable) => names.includes(variable.model.name));
  const explained = run.options.ranges.find((range) => range.name === '24 h') ?? run.options.ranges[0];
  for (const { choice, selections } of casesOf(asked)) {
    for (const range of run.options.ranges) {
      const named = asked.length === 0 ? range.name : `${range.name}, ${choice}`;
      await executeCase(run, query, named, () => expandMacros(interpolate(query.text, selections), range));
      if (choice === 'one' && range === explained) {
        await explain(run, query, () => expandMacros(interpolate(query.text, selections), range));
      }
    }
  }
}

async function executeCase(run: Run, query: PlacedQuery, named: string, sqlOf: () => string): Promise<void> {
  try {
    const result = await sendQuery(run.client, sqlOf());
    const { milliseconds, rows } = result;
    run.timings.push({ where: query.where, case: named, milliseconds, rows: rows.length });
    for (const message of contractProblems(query, result, run.options.mostRows)) note(run, query, named, message);
  } catch (error) {
    note(run, query, named, error instanceof Error ? error.message : 'It failed');
  }
}

async function explain(run: Run, query: PlacedQuery, sqlOf: () => string): Promise<void> {
  // A query that cannot be sent is a problem of its case already.
  if ([...run.problems.values()].some((problem) => problem.where === query.where)) return;
  const scans = await sequentialScans(run.client, sqlOf(), run.options.mostScannedRows);
  run.scans.push(...scans.map((scan) => ({ where: query.where, ...scan })));
}

function note(run: Run, { where }: PlacedQuery, named: string, message: string): void {
  const key = `${where}\n${message}`;
  const known = run.problems.get(key) ?? { where, message, cases: [] };
  known.cases.push(named);
  run.problems.set(key, known);
}
