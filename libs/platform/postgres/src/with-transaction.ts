import type { Pool, PoolClient } from 'pg';
import { beginOn } from './scoped-query.js';

type AfterCommit = () => void;
const commitListeners = new WeakMap<PoolClient, AfterCommit[]>();

/**
 * Runs `work` in one READ COMMITTED transaction: commits what it returns, rolls back when it throws and rethrows.
 * A connection whose state is unknown is thrown away instead of going back to the pool.
 */
export async function withTransaction<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  return transaction(pool, 'BEGIN ISOLATION LEVEL READ COMMITTED', work);
}

/** As `withTransaction`, on one unchanging snapshot and with writing refused. */
export async function readOnly<Result>(pool: Pool, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  return transaction(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work);
}

/**
 * Calls `listener` once the transaction that `withTransaction` runs on this client has committed; never when it
 * rolled back. Returns false when the client is not inside `withTransaction`.
 */
export function afterCommit(client: PoolClient, listener: AfterCommit): boolean {
  const listeners = commitListeners.get(client);
  if (!listeners) return false;
  listeners.push(listener);
  return true;
}

async function transaction<Result>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const beginning = beginOn(pool, begin);
  const client = await pool.connect();
  const listeners: AfterCommit[] = [];
  let broken: Error | undefined;
  commitListeners.set(client, listeners);
  try {
    await client.query(beginning);
    const result = await work(client);
    // PostgreSQL answers ROLLBACK to the COMMIT of a transaction in which a statement failed and was caught.
    const outcome = await client.query('COMMIT');
    if (outcome.command !== 'COMMIT') throw new Error('The transaction was rolled back: a statement in it had failed');
    for (const listener of listeners) listener();
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error('The connection was lost');
    });
    throw error;
  } finally {
    commitListeners.delete(client);
    client.release(broken);
  }
}
