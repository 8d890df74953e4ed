import { withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { checkpointOf } from '../project/checkpoint.js';
import { differenceBetween } from './compare-schemas.js';
import { type Generation, slotOf } from './generations.js';
import { holdAndLevel, type LevelOptions } from './level-generations.js';
import { Postponed } from './postponed.js';

export interface ComparedBeside {
  /** In words; null when the rows are the same. */
  difference: string | null;
  /** How long the rows were read, milliseconds. */
  tookMs: number;
}

interface ComparisonOptions extends LevelOptions {
  pool: Pool;
  mostPauseMs?: number;
  signal?: AbortSignal | undefined;
}

/** Comparisons by several workers at once would only cost; the key means nothing else. */
const COMPARISON_LOCK = 7_312_009_031;
/** A worker may move on between the levelling of a bucket and the snapshot of it. */
const ATTEMPTS = 20;

/**
 * Compares two generations bucket by bucket, for as long as it takes, while both are worked on: a bucket stands still only
 * for the moment in which both sides are brought to one position; its rows are compared in a snapshot taken right then.
 * Throws `Postponed`.
 */
export async function compareBeside(
  options: ComparisonOptions,
  from: Generation,
  to: Generation,
): Promise<ComparedBeside> {
  const reader = await options.pool.connect();
  let tookMs = 0;
  let isLocked = false;
  try {
    const lock = await reader.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [COMPARISON_LOCK]);
    isLocked = lock.rows[0]?.mine ?? false;
    if (!isLocked) throw new Postponed('the rows are being compared');
    for (const bucket of await bucketsOf(reader, from, to)) {
      if (options.signal?.aborted) throw new Postponed('the worker that compared the rows ended');
      await snapshotOfLevel(options, reader, { from, to, bucket });
      const startedMs = performance.now();
      const difference = await differenceBetween(reader, from.schema, to.schema, { bucket });
      await reader.query('COMMIT');
      tookMs += performance.now() - startedMs;
      if (difference !== null) return { difference, tookMs };
    }
    return { difference: null, tookMs };
  } finally {
    // A snapshot may be open and the lock is the connection's: what cannot be given back is closed.
    const isClean = await reader.query('ROLLBACK').then(
      () => !isLocked || reader.query('SELECT pg_advisory_unlock($1)', [COMPARISON_LOCK]).then(() => true),
      () => false,
    );
    reader.release(!isClean);
  }
}

async function bucketsOf(reader: PoolClient, from: Generation, to: Generation): Promise<number[]> {
  const { rows } = await reader.query<{ bucket: number }>(
    'SELECT DISTINCT bucket FROM log.checkpoint WHERE projection IN ($1, $2) ORDER BY bucket',
    [slotOf(from), slotOf(to)],
  );
  return rows.map(({ bucket }) => bucket);
}

/** Leaves the reader in a snapshot in which both generations are at one position of the bucket. */
async function snapshotOfLevel(
  options: ComparisonOptions,
  reader: PoolClient,
  place: { from: Generation; to: Generation; bucket: number },
): Promise<void> {
  const { pool, mostPauseMs = 10_000 } = options;
  const { from, to, bucket } = place;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    await withTransaction(pool, async (client) => {
      await client.query(`SET LOCAL lock_timeout = ${Math.ceil(mostPauseMs / 2)}`);
      const endMs = performance.now() + mostPauseMs;
      const assertInTime = (): void => {
        if (performance.now() > endMs) throw new Postponed(`bucket ${bucket} was too far behind`);
      };
      await holdAndLevel(client, options, { ...place, assertInTime });
      assertInTime();
      // The snapshot itself is taken by the first question after the commit.
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await reader.query('SET LOCAL statement_timeout = 0');
    });
    const [left, right] = [
      await checkpointOf(reader, slotOf(from), bucket),
      await checkpointOf(reader, slotOf(to), bucket),
    ];
    if ((left?.position ?? 0) === (right?.position ?? 0)) return;
    await reader.query('ROLLBACK');
  }
  throw new Postponed(`bucket ${bucket} moved on too fast to be compared`);
}
