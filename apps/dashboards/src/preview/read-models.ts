import { Rejection } from '@funnelwatch/kernel';
import { pendingMigrations } from '@funnelwatch/postgres';
import { reportingMigrations } from '@funnelwatch/reporting';
import type { ShownColumn } from '@funnelwatch/dashboards/display';
import pg from 'pg';
import { columnsOf } from './asking/columns-of.js';

const APPLICATION = 'funnelwatch-preview';
const GRAFANA = 'funnelwatch_grafana';
const CONNECTIONS = 4;
const STATEMENT_TIMEOUT_MS = 15_000;
const CONNECTION_TIMEOUT_MS = 5_000;

/** The read models as the dashboards ask them. */
export interface ReadModels {
  /** The answer to one statement. Rejects with what PostgreSQL says. */
  ask(sql: string): Promise<ShownColumn[]>;
  close(): Promise<void>;
}

/**
 * Sessions that can only read, as the login of Grafana where this one may become it, else as this one. Views keep what they
 * say from version to version, so that a newer database can be read.
 *
 * @throws Rejection DATABASE_UNREACHABLE, DATABASE_LOGIN_REFUSED, DATABASE_NOT_PREPARED
 */
export async function openReadModels(databaseUrl: string): Promise<ReadModels> {
  const role = await checkedRole(databaseUrl);
  const pool = new pg.Pool({ ...readOnlyConnection(databaseUrl, role), max: CONNECTIONS });
  // A connection that nobody uses may be lost: whoever asks next gets another one.
  pool.on('error', () => undefined);
  return {
    ask: async (sql) => {
      const answer = await pool.query<(string | null)[]>({
        text: sql,
        rowMode: 'array',
        types: { getTypeParser: () => (value: string | Buffer) => value },
      });
      if (Array.isArray(answer)) throw new Error('It is more than one statement');
      return columnsOf(answer.fields, answer.rows);
    },
    close: () => pool.end(),
  };
}

function readOnlyConnection(databaseUrl: string, role: string | null): pg.ClientConfig {
  const settings = {
    default_transaction_read_only: 'on',
    statement_timeout: String(STATEMENT_TIMEOUT_MS),
    timezone: 'UTC',
    ...(role !== null && { role }),
  };
  return {
    connectionString: databaseUrl,
    application_name: APPLICATION,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    options: Object.entries(settings)
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  };
}

/** The role to ask as, null for that of the login itself. */
async function checkedRole(databaseUrl: string): Promise<string | null> {
  try {
    await refuseEarlierDatabase(databaseUrl);
    const client = new pg.Client(readOnlyConnection(databaseUrl, null));
    client.on('error', () => undefined);
    await client.connect();
    try {
      const { rows } = await client.query<{ may: boolean | null }>(
        `SELECT bool_or(pg_has_role(oid, 'SET')) AS may FROM pg_roles WHERE rolname = $1 AND rolname <> current_user`,
        [GRAFANA],
      );
      return rows[0]?.may === true ? GRAFANA : null;
    } finally {
      await client.end();
    }
  } catch (error) {
    throw databaseRejection(error) ?? error;
  }
}

async function refuseEarlierDatabase(databaseUrl: string): Promise<void> {
  const pending = await pendingMigrations({
    url: databaseUrl,
    migrations: reportingMigrations,
    applicationName: APPLICATION,
  });
  if (pending.length === 0) return;
  throw new Rejection(
    'DATABASE_NOT_PREPARED',
    `The database is of another version: it lacks the views that the dashboards of this one ask (${pending.join(', ')}). Run "npx funnelwatch migrate", or start everything with "npm start".`,
    { details: { pending: pending.length } },
  );
}

const unreachable = new Set(['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOENT', '57P03']);
const refused = new Set(['28P01', '28000', '3D000']);

function databaseRejection(error: unknown): Rejection | null {
  const code = codeOf(error);
  if (unreachable.has(code)) {
    return new Rejection(
      'DATABASE_UNREACHABLE',
      'The database does not answer. Start Funnelwatch (npm start), or check the address of the database.',
      { cause: error },
    );
  }
  if (!refused.has(code)) return null;
  return new Rejection(
    'DATABASE_LOGIN_REFUSED',
    'The database refuses this login. Check the address of the database.',
    { cause: error },
  );
}

/** Of an error of PostgreSQL or of the system, also of several attempts at once. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'errors' in error && Array.isArray(error.errors) ? codeOf(error.errors[0]) : '';
}
