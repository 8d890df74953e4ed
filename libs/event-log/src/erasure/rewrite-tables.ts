import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';

export interface RewriteOptions {
  /** Longest wait for a table that others use; 10 s unless told. */
  lockTimeoutMs?: number;
  /** Longest wait for transactions that may still see what was removed; 30 s unless told. */
  snapshotTimeoutMs?: number;
}

/** Before a table is written again; doubled each time, as nobody reads or writes it meanwhile. */
const FIRST_WAIT_MS = 200;

/**
 * Writes tables anew, so that old row versions with what was removed lie in none of their files. Readers and writers of
 * a table wait meanwhile: for small ones. A version that an older transaction may still see is written along, so a table is
 * written again until there is none. Returns the tables that were in use for too long and may hold old versions.
 */
export async function rewriteTables(
  pool: Pool,
  tables: readonly string[],
  { lockTimeoutMs = 10_000, snapshotTimeoutMs = 30_000 }: RewriteOptions = {},
): Promise<string[]> {
  const left: string[] = [];
  const client = await pool.connect();
  try {
    await client.query(`SET lock_timeout = ${lockTimeoutMs}; SET statement_timeout = 0`);
    const untilMs = performance.now() + snapshotTimeoutMs;
    for (const table of tables) {
      let kept = await rewriteTable(client, table);
      for (let waitMs = FIRST_WAIT_MS; kept !== null && kept > 0 && performance.now() < untilMs; waitMs *= 2) {
        await sleep(Math.min(waitMs, Math.max(0, untilMs - performance.now())));
        kept = await rewriteTable(client, table);
      }
      if (kept !== 0) left.push(table);
    }
  } finally {
    // The settings of the session go with it.
    client.release(true);
  }
  return left;
}

/**
 * How many old row versions were written along because some transaction may see them; null where that is not known: the table
 * was in use, or the server did not say. Only `VERBOSE` says it to whoever may not see the transactions of others.
 */
async function rewriteTable(client: PoolClient, table: string): Promise<number | null> {
  let kept: number | null = null;
  const note = ({ detail }: { detail?: string }): void => {
    // The number of dead versions begins the detail of the one message that has any, whatever its language.
    const [dead] = /\d+/.exec(detail ?? '') ?? [];
    if (dead !== undefined) kept = Number(dead);
  };
  client.on('notice', note);
  try {
    await client.query(`VACUUM (FULL, VERBOSE) ${table}`);
  } catch (error) {
    if (isLockTimeout(error)) return null;
    throw error;
  } finally {
    client.off('notice', note);
  }
  return kept;
}

const isLockTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03';
