import pg from 'pg';
import { columnTypes } from './column-types.js';
import { prepareScope, scopeQueries } from './scoped-query.js';

export interface PoolOptions {
  url: string;
  /** Shown in `pg_stat_activity`. */
  applicationName: string;
  /** Most connections at once; 10 unless told. */
  max?: number;
  /** A statement that runs longer is cancelled; 60 s unless told, 0 for never. */
  statementTimeoutMs?: number;
  /** A transaction left idle that long loses its connection; 60 s unless told, 0 for never. */
  idleInTransactionTimeoutMs?: number;
  /** Waiting for a free connection or for the server longer than this fails; 10 s unless told. */
  connectionTimeoutMs?: number;
  /** Schema that unqualified names are looked up in, for libraries that qualify none. */
  searchPath?: string;
  /**
   * Every query and every transaction of the pool begins by telling the database the scope of its caller (`inScope`),
   * for as long as it lasts; a client taken by `connect` and used without a transaction has the scope of nobody.
   */
  scoped?: boolean;
  /** Told of connections that die while nobody uses them; the pool replaces them by itself. */
  onConnectionError?: (error: Error) => void;
}

/**
 * A pool of connections in UTC with the project's column types (see `columnTypes`). Connects on first use. A
 * connection that dies, idle or in use, never brings the process down: its user sees a failed query.
 */
export function createPool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.max ?? 10,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    types: columnTypes,
    options: [
      '-c timezone=UTC',
      `-c statement_timeout=${options.statementTimeoutMs ?? 60_000}`,
      `-c idle_in_transaction_session_timeout=${options.idleInTransactionTimeoutMs ?? 60_000}`,
      ...(options.searchPath === undefined ? [] : [`-c search_path=${options.searchPath}`]),
    ].join(' '),
    ...(options.scoped && {
      verify: (client: pg.PoolClient, done: (error?: Error) => void) =>
        void client.query(prepareScope).then(() => done(), done),
    }),
  });
  if (options.scoped) scopeQueries(pool);
  pool.on('error', (error) => options.onConnectionError?.(error));
  // While a client is checked out the pool does not listen to it, and an unheard 'error' would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
