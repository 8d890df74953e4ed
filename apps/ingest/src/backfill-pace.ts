import { setTimeout as delay } from 'node:timers/promises';
import type { Pool } from 'pg';

const LOOK_AGAIN_MS = 250;

/** Holds a backfill while the read models of its bucket are too far behind the log. Without read models it never waits. */
export async function waitForReadModels(
  pool: Pool,
  bucket: number,
  mostEvents: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const { rows } = await pool.query<{ behind: number | null }>({
      name: 'ingest.read_model_lag',
      text: `SELECT max(counter."position" - checkpoint."position") AS behind
               FROM log.counter
               JOIN log.checkpoint USING (bucket)
              WHERE bucket = $1 AND checkpoint.status = 'running'`,
      values: [bucket],
    });
    if ((rows[0]?.behind ?? 0) <= mostEvents) return;
    await delay(LOOK_AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}
