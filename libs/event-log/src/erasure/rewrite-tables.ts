import type { Pool } from 'pg';

/**
 * Writes tables anew, so that old row versions with what was removed lie in none of their files. Readers and writers of
 * a table wait meanwhile: for small ones. Returns the tables that were in use for too long and are as they were.
 */
export async function rewriteTables(pool: Pool, tables: readonly string[], lockTimeoutMs = 10_000): Promise<string[]> {
  const left: string[] = [];
  const client = await pool.connect();
  try {
    await client.query(`SET lock_timeout = ${lockTimeoutMs}; SET statement_timeout = 0`);
    for (const table of tables) {
      await client.query(`VACUUM (FULL) ${table}`).catch((error: unknown) => {
        if (!isLockTimeout(error)) throw error;
        left.push(table);
      });
    }
  } finally {
    // The settings of the session go with it.
    client.release(true);
  }
  return left;
}

const isLockTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03';
