import pg from 'pg';
import { scopeSetting } from './portal-scope.js';

/** What policies read; holds for one transaction. */
const SCOPE_SETTING = 'funnelwatch.portals';
const SET_SCOPE = 'funnelwatch_set_scope';

/** What the driver offers to the queries it runs, beyond its types. */
interface Wire {
  bind(message: { statement: string; values: string[]; valueMapper: (value: string) => string }): void;
  execute(message: { portal: string }): void;
}

interface DriverQuery extends pg.Submittable {
  prepare(wire: Wire): void;
  handleDataRow(row: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
}

const DriverQuery = pg.Query as unknown as new (config: object, values?: unknown) => DriverQuery;

/**
 * A statement behind the one that sets the scope. Both are sent at once and end with one synchronisation, which makes them
 * one implicit transaction: it costs no round trip and no BEGIN and COMMIT, and whatever happens the setting is gone.
 */
class ScopedQuery extends DriverQuery {
  private isScopeSet = false;

  constructor(
    private readonly scope: string,
    query: string | object,
    values: unknown,
  ) {
    // A text without values would go as a message of its own.
    super({ ...(typeof query === 'string' ? { text: query } : query), queryMode: 'extended' }, values);
  }

  override prepare(wire: Wire): void {
    wire.bind({ statement: SET_SCOPE, values: [this.scope], valueMapper: String });
    wire.execute({ portal: '' });
    super.prepare(wire);
  }

  override handleDataRow(row: unknown): void {
    if (this.isScopeSet) super.handleDataRow(row);
  }

  override handleCommandComplete(message: unknown, wire: Wire): void {
    if (this.isScopeSet) super.handleCommandComplete(message, wire);
    else this.isScopeSet = true;
  }
}

const scopedPools = new WeakSet<pg.Pool>();

/** Has every query of the pool run in the scope of its caller: one statement a query, answered by a promise. */
export function scopeQueries(pool: pg.Pool): void {
  const run = pool.query.bind(pool) as (query: pg.Submittable) => unknown;
  const query = (statement: string | object, values?: unknown) => {
    if (typeof values === 'function') throw new TypeError('A scoped pool answers by promises, not by callbacks');
    return run(new ScopedQuery(scopeSetting(), statement, values));
  };
  pool.query = query as typeof pool.query;
  pool.on('release', (_, client) => closeUnlessIdle(client));
  scopedPools.add(pool);
}

/** A connection given back in the middle of a transaction would hand its scope on; one that is ending is not kept. */
function closeUnlessIdle(client: pg.PoolClient): void {
  const { readyForQuery } = client as pg.PoolClient & { readyForQuery?: boolean };
  if (client.getTransactionStatus() !== 'I' || readyForQuery !== true) void client.end().catch(() => undefined);
}

/** What a connection of such a pool has to be told once. */
export const prepareScope = `PREPARE ${SET_SCOPE} (text) AS SELECT set_config('${SCOPE_SETTING}', $1, true)`;

/** The statement that begins a transaction of the pool, with the scope of the caller where the pool is a scoped one. */
export function beginOn(pool: pg.Pool, begin: string): string {
  return scopedPools.has(pool) ? `${begin}; SET LOCAL ${SCOPE_SETTING} = '${scopeSetting()}'` : begin;
}
