import { textColumns, withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { CHAIN_START } from '../envelope.js';
import { EVENT_COLUMNS, type EventRow } from '../read/read-events.js';
import { checkEvent, type DamageKind } from './check-event.js';

export interface VerifyOptions {
  /** One bucket; all unless told. */
  bucket?: number;
  /** First position to check; unless told, the one after what was verified before. 1 checks everything. */
  from?: number;
  /** Rows held in memory at once; 1000 unless told. */
  batchSize?: number;
  signal?: AbortSignal;
}

export interface Damage {
  position: number;
  kind: DamageKind;
}

export interface BucketVerification {
  bucket: number;
  /** First and last position checked; `through` is `from − 1` when there was nothing to check. */
  from: number;
  through: number;
  /** Events found between them. */
  events: number;
  /** Events of which data or sealed parts were erased, which is no damage. */
  erased: number;
  damageCount: number;
  /** The first hundred. */
  damages: Damage[];
}

export interface Verification {
  isIntact: boolean;
  buckets: BucketVerification[];
}

const LISTED_DAMAGES = 100;
const DEFAULT_BATCH_SIZE = 1_000;

/**
 * Checks the log against itself: no position missing, every digest and hash right, columns true to the signed body, the
 * counter at the end of the chain. What is intact is remembered, and the next run resumes there. Memory is bounded.
 */
export async function verifyLog(pool: Pool, options: VerifyOptions = {}): Promise<Verification> {
  const buckets: BucketVerification[] = [];
  for (const bucket of await bucketsOf(pool, options.bucket)) {
    if (options.signal?.aborted) break;
    buckets.push(await verifyBucket(pool, bucket, options));
  }
  return { isIntact: buckets.every((bucket) => bucket.damageCount === 0), buckets };
}

/**
 * Positions that the counters have given out and the log does not hold, per bucket, since the last verified position:
 * always 0 unless rows were removed behind the log's back.
 */
export async function countHoles(pool: Pool): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ bucket: number; holes: number }>(
    'SELECT bucket, holes FROM read.ops_hole ORDER BY bucket',
  );
  return new Map(rows.map((row) => [row.bucket, row.holes]));
}

async function bucketsOf(pool: Pool, only: number | undefined): Promise<number[]> {
  if (only !== undefined) return [only];
  const { rows } = await pool.query<{ bucket: number }>(
    'SELECT bucket FROM log.counter UNION SELECT DISTINCT bucket FROM log.event ORDER BY bucket',
  );
  return rows.map((row) => row.bucket);
}

async function verifyBucket(pool: Pool, bucket: number, options: VerifyOptions): Promise<BucketVerification> {
  const start = await startOf(pool, bucket, options.from);
  const report: BucketVerification = {
    bucket,
    from: start.from,
    through: start.from - 1,
    events: 0,
    erased: 0,
    damageCount: 0,
    damages: [],
  };
  const note = (position: number, kind: DamageKind): void => {
    report.damageCount += 1;
    if (report.damages.length < LISTED_DAMAGES) report.damages.push({ position, kind });
  };
  if (start.isRewritten) note(start.from - 1, 'rewritten since it was verified');
  const end = await endOf(pool, bucket);
  if (end.lastPosition > end.position) note(end.lastPosition, 'beyond the counter');

  let previous = start.previous;
  while (report.through < end.position && !options.signal?.aborted) {
    const rows = await readRows(pool, bucket, report.through, end.position, options.batchSize ?? DEFAULT_BATCH_SIZE);
    for (const row of rows) {
      const position = Number(row[0]);
      for (let missing = report.through + 1; missing < position; missing += 1) note(missing, 'missing');
      const checked = checkEvent(bucket, row, previous);
      for (const kind of checked.damages) note(position, kind);
      if (checked.isErased) report.erased += 1;
      report.events += 1;
      report.through = position;
      previous = checked.hash;
    }
    if (rows.length === 0) {
      for (let missing = report.through + 1; missing <= end.position; missing += 1) note(missing, 'missing');
      report.through = end.position;
    }
  }
  const isComplete = report.through === end.position;
  if (isComplete && report.damageCount === 0 && !previous.equals(end.hash)) note(end.position, 'counter hash');
  if (start.joins && report.damageCount === 0 && report.through > 0)
    await remember(pool, bucket, report.through, previous);
  return report;
}

interface Start {
  from: number;
  previous: Buffer;
  isRewritten: boolean;
  /** Whether the stretch joins what was verified before, or the beginning. */
  joins: boolean;
}

async function startOf(pool: Pool, bucket: number, from: number | undefined): Promise<Start> {
  const { rows } = await pool.query<{ position: number; hash: Buffer }>(
    'SELECT "position", hash FROM log.verification WHERE bucket = $1',
    [bucket],
  );
  const verified = rows[0];
  const first = Math.max(from ?? (verified?.position ?? 0) + 1, 1);
  if (first === 1) return { from: 1, previous: CHAIN_START, isRewritten: false, joins: true };
  const before = await pool.query<{ hash: Buffer }>(
    'SELECT hash FROM log.event WHERE bucket = $1 AND "position" = $2',
    [bucket, first - 1],
  );
  const previous = before.rows[0]?.hash;
  const isRewritten = verified?.position === first - 1 && !previous?.equals(verified.hash);
  return {
    from: first,
    previous: previous ?? Buffer.alloc(0),
    isRewritten,
    joins: first - 1 <= (verified?.position ?? 0),
  };
}

interface End {
  position: number;
  hash: Buffer;
  lastPosition: number;
}

/** Counter and last event as one statement sees them, so that appends under way do not look like damage. */
async function endOf(pool: Pool, bucket: number): Promise<End> {
  const { rows } = await pool.query<End>(
    `SELECT coalesce(c."position", 0) AS position, c.hash,
            coalesce((SELECT max(e."position") FROM log.event e WHERE e.bucket = b.bucket), 0) AS "lastPosition"
       FROM (SELECT $1::int AS bucket) b LEFT JOIN log.counter c USING (bucket)`,
    [bucket],
  );
  return {
    position: rows[0]?.position ?? 0,
    hash: rows[0]?.hash ?? CHAIN_START,
    lastPosition: rows[0]?.lastPosition ?? 0,
  };
}

export type VerifiedRow = [...EventRow, string, string];

async function readRows(
  pool: Pool,
  bucket: number,
  after: number,
  last: number,
  limit: number,
): Promise<VerifiedRow[]> {
  const { rows } = await pool.query<VerifiedRow>({
    text: `SELECT ${EVENT_COLUMNS}, event_id, stream_id FROM log.event
            WHERE bucket = $1 AND "position" > $2 AND "position" <= $3 ORDER BY "position" LIMIT $4`,
    values: [bucket, after, last, limit],
    rowMode: 'array',
    types: textColumns,
  });
  return rows;
}

/** Never moves back, and only over a stretch that joins what was verified before. */
async function remember(pool: Pool, bucket: number, position: number, hash: Buffer): Promise<void> {
  await withTransaction(pool, (client) =>
    client.query(
      `INSERT INTO log.verification AS known (bucket, "position", hash, verified_at)
       VALUES ($1, $2, $3, clock_timestamp())
       ON CONFLICT (bucket) DO UPDATE
         SET "position" = excluded."position", hash = excluded.hash, verified_at = excluded.verified_at
         WHERE known."position" <= excluded."position"`,
      [bucket, position, hash],
    ),
  );
}
