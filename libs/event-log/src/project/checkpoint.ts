import { withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';

export interface Checkpoint {
  /** Position up to which the read model is committed, 0 before the first event. */
  position: number;
  epoch: number;
  status: 'running' | 'stopped';
  /** Position at which the bucket as a whole cannot go on, null while running. */
  stoppedAt: number | null;
  errorCode: string | null;
}

/** How far a projection is in a bucket, null when it never worked on it. */
export async function checkpointOf(
  source: Pool | PoolClient,
  projection: string,
  bucket: number,
): Promise<Checkpoint | null> {
  const { rows } = await source.query<Checkpoint>({
    name: 'checkpoint.read',
    text: `SELECT "position", epoch, status, stopped_at AS "stoppedAt", error_code AS "errorCode"
             FROM log.checkpoint WHERE projection = $1 AND bucket = $2`,
    values: [projection, bucket],
  });
  return rows[0] ?? null;
}

const FIRST_LOOK_AFTER_MS = 5;
const LONGEST_LOOK_AFTER_MS = 50;

/**
 * Waits until a projection has reached a position, so that a person sees their own change. Returns whether it has; false
 * after the time-out.
 */
export async function waitForPosition(
  pool: Pool,
  projection: string,
  bucket: number,
  position: number,
  timeoutMs: number,
): Promise<boolean> {
  const deadlineMs = performance.now() + timeoutMs;
  let lookAfterMs = FIRST_LOOK_AFTER_MS;
  for (;;) {
    const checkpoint = await checkpointOf(pool, projection, bucket);
    if ((checkpoint?.position ?? 0) >= position) return true;
    const leftMs = deadlineMs - performance.now();
    if (leftMs <= 0) return false;
    await new Promise((resolve) => setTimeout(resolve, Math.min(lookAfterMs, leftMs)));
    lookAfterMs = Math.min(lookAfterMs * 2, LONGEST_LOOK_AFTER_MS);
  }
}

/** A batch under way takes no longer; a holder that was paused in the middle of one may keep the lock for ever. */
const LONGEST_WAIT_FOR_HOLDER_MS = 500;

/**
 * Makes the bucket's checkpoint this epoch's: from then on no earlier holder can commit. Waits a moment for a batch that
 * an earlier holder has under way; fails with 55P03 (lock not available) when that takes longer. Null when a later epoch
 * has it.
 */
export async function claimCheckpoint(
  pool: Pool,
  projection: string,
  bucket: number,
  epoch: number,
): Promise<Pick<Checkpoint, 'position' | 'status'> | null> {
  return withTransaction(pool, async (client) => {
    await client.query(`SET LOCAL lock_timeout = ${LONGEST_WAIT_FOR_HOLDER_MS}`);
    const { rows } = await client.query<Pick<Checkpoint, 'position' | 'status'>>({
      name: 'checkpoint.claim',
      text: `INSERT INTO log.checkpoint AS mine (projection, bucket, epoch) VALUES ($1, $2, $3)
             ON CONFLICT (projection, bucket) DO UPDATE SET epoch = excluded.epoch WHERE mine.epoch <= excluded.epoch
             RETURNING "position", status`,
      values: [projection, bucket, epoch],
    });
    return rows[0] ?? null;
  });
}

export interface CheckpointKey {
  projection: string;
  group: string;
  bucket: number;
  epoch: number;
}

/** Locks the checkpoint for this transaction; false when it has moved or the bucket is another worker's. */
export async function lockCheckpoint(client: PoolClient, key: CheckpointKey, position: number): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'checkpoint.lock',
    text: `SELECT FROM log.checkpoint
            WHERE projection = $1 AND bucket = $2 AND epoch = $3 AND "position" = $4
              AND NOT EXISTS (SELECT FROM log.lease WHERE group_name = $5 AND bucket = $2 AND epoch > $3)
              FOR UPDATE`,
    values: [key.projection, key.bucket, key.epoch, position, key.group],
  });
  return rowCount === 1;
}

export async function moveCheckpoint(client: PoolClient, key: CheckpointKey, position: number): Promise<void> {
  const { rowCount } = await client.query({
    name: 'checkpoint.move',
    text: `UPDATE log.checkpoint
              SET "position" = $4, status = 'running', stopped_at = NULL, error_code = NULL, updated_at = clock_timestamp()
            WHERE projection = $1 AND bucket = $2 AND epoch = $3`,
    values: [key.projection, key.bucket, key.epoch, position],
  });
  if (rowCount !== 1) throw new Error('A locked checkpoint has vanished');
}

/** Notes that the bucket as a whole cannot go on from a position, and why; the checkpoint stays. */
export async function markStopped(pool: Pool, key: CheckpointKey, stoppedAt: number, errorCode: string): Promise<void> {
  await pool.query(
    `UPDATE log.checkpoint SET status = 'stopped', stopped_at = $4, error_code = $5, updated_at = clock_timestamp()
      WHERE projection = $1 AND bucket = $2 AND epoch = $3`,
    [key.projection, key.bucket, key.epoch, stoppedAt, errorCode],
  );
}

/** Notes that the reason for which the bucket stopped is gone, when there is nothing to apply that would say so. */
export async function markRunning(pool: Pool, key: CheckpointKey): Promise<void> {
  await pool.query(
    `UPDATE log.checkpoint SET status = 'running', stopped_at = NULL, error_code = NULL, updated_at = clock_timestamp()
      WHERE projection = $1 AND bucket = $2 AND epoch = $3 AND status = 'stopped'`,
    [key.projection, key.bucket, key.epoch],
  );
}
