import type { Pool, PoolClient } from 'pg';

/** Which state of a read model is meant. */
export interface SnapshotKey {
  readModel: string;
  definitionVersion: string;
  bucket: number;
  portalId: string;
  /** Position of the last event of the portal that it holds. */
  position: number;
}

export interface SnapshotRow {
  id: number;
  status: 'building' | 'ready';
  /** Position through which it is filled. */
  done: number;
  /** False when whoever filled it has gone, or what it held. */
  isAlive: boolean;
}

/** A program that fills a snapshot and says nothing for longer is taken for dead. */
const deadAfterSeconds = 20;

/** The schemas are there: a restored database, for one, may have the row alone. */
const isThere = `to_regnamespace(format('travel_%s_read', id)) IS NOT NULL`;

/** Schema of a snapshot's tables. */
export const tablesOf = (id: number): string => `travel_${id}`;

/** Schema of the views that readers of a snapshot ask. */
export const viewsOf = (id: number): string => `travel_${id}_read`;

/** The snapshot, marked as used now; null when there is none. */
export async function useSnapshot(pool: Pool, key: SnapshotKey): Promise<SnapshotRow | null> {
  const { rows } = await pool.query<SnapshotRow>({
    name: 'travel.use_snapshot',
    text: `UPDATE travel.snapshot SET used_at = clock_timestamp()
            WHERE read_model = $1 AND definition_version = $2 AND portal_id = $3 AND "position" = $4
           RETURNING id, status, done,
                     ${isThere} AND (status = 'ready' OR beat_at > clock_timestamp() - $5 * interval '1 s') AS "isAlive"`,
    values: [key.readModel, key.definitionVersion, key.portalId, key.position, deadAfterSeconds],
  });
  return rows[0] ?? null;
}

export interface SnapshotLimits {
  perPortal: number;
  inAll: number;
  /** What was used within these seconds is not dropped to make room. */
  idleSeconds: number;
}

/**
 * A new snapshot with its empty schemas; `taken` when another program makes the same one, `full` when there is no room
 * and nothing that could make way. One program at a time decides; those least recently used go first.
 */
export async function beginSnapshot(
  client: PoolClient,
  key: SnapshotKey,
  limits: SnapshotLimits,
): Promise<number | 'taken' | 'full'> {
  await client.query(`SET LOCAL lock_timeout = '10s'`);
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('travel.snapshot', 0))`);
  await dropDead(client);
  const { rows: kept } = await client.query<{ id: number; isOfPortal: boolean; isIdle: boolean }>(
    `SELECT id, portal_id = $1 AS "isOfPortal",
            status = 'ready' AND used_at < clock_timestamp() - $2 * interval '1 s' AS "isIdle"
       FROM travel.snapshot ORDER BY used_at`,
    [key.portalId, limits.idleSeconds],
  );
  const ofPortal = kept.filter(({ isOfPortal }) => isOfPortal);
  const surplus =
    ofPortal.length >= limits.perPortal
      ? ofPortal.filter(({ isIdle }) => isIdle).slice(0, ofPortal.length - limits.perPortal + 1)
      : kept.filter(({ isIdle }) => isIdle).slice(0, Math.max(0, kept.length - limits.inAll + 1));
  const isRoom =
    ofPortal.length - surplus.filter(({ isOfPortal }) => isOfPortal).length < limits.perPortal &&
    kept.length - surplus.length < limits.inAll;
  const { rows: known } = await client.query(
    'SELECT FROM travel.snapshot WHERE read_model = $1 AND definition_version = $2 AND portal_id = $3 AND "position" = $4',
    [key.readModel, key.definitionVersion, key.portalId, key.position],
  );
  if (known.length > 0) return 'taken';
  if (!isRoom) return 'full';
  for (const { id } of surplus) await client.query('SELECT travel.drop_snapshot($1)', [id]);
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO travel.snapshot (read_model, definition_version, bucket, portal_id, "position")
     VALUES ($1, $2, $3, $4, $5) RETURNING id`,
    [key.readModel, key.definitionVersion, key.bucket, key.portalId, key.position],
  );
  const id = rows[0]?.id ?? 0;
  await client.query('SELECT travel.create_schemas($1)', [id]);
  return id;
}

/** Snapshots whose maker died half-way, and those without what they held. */
async function dropDead(client: PoolClient): Promise<void> {
  await client.query(
    `SELECT travel.drop_snapshot(id) FROM travel.snapshot
      WHERE status = 'building' AND beat_at < clock_timestamp() - $1 * interval '1 s' OR NOT ${isThere}`,
    [deadAfterSeconds],
  );
}

/** Drops what no program of this version will ask for again, and what was never finished. */
export async function dropStale(client: PoolClient, readModel: string, definitionVersion: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('travel.snapshot', 0))`);
  await dropDead(client);
  await client.query(
    'SELECT travel.drop_snapshot(id) FROM travel.snapshot WHERE read_model = $1 AND definition_version <> $2',
    [readModel, definitionVersion],
  );
}

/**
 * Whether the snapshot is still wanted, in the transaction that fills it: not when it was dropped, or nobody has asked
 * for it for `forgottenSeconds`. It cannot be dropped before the transaction ends, and can be marked as used meanwhile.
 */
export async function isStillWanted(client: PoolClient, id: number, forgottenSeconds: number): Promise<boolean> {
  const { rowCount } = await client.query(
    `SELECT FROM travel.snapshot
      WHERE id = $1 AND status = 'building' AND used_at > clock_timestamp() - $2 * interval '1 s' FOR KEY SHARE`,
    [id, forgottenSeconds],
  );
  return rowCount === 1;
}

/** Says that the snapshot is filled through a position, and that whoever fills it is alive. */
export async function sayFilled(pool: Pool, id: number, done: number): Promise<void> {
  await pool.query('UPDATE travel.snapshot SET done = $2, beat_at = clock_timestamp() WHERE id = $1', [id, done]);
}

/** From now on the snapshot is answered from. False when it is no longer there. */
export async function finishSnapshot(pool: Pool, id: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE travel.snapshot SET status = 'ready', used_at = clock_timestamp() WHERE id = $1 AND status = 'building'`,
    [id],
  );
  return rowCount === 1;
}

/**
 * Drops every snapshot of a portal, in the caller's transaction: they hold what an erasure removes. Whoever is filling
 * one notices and stops.
 */
export async function dropSnapshotsOf(client: PoolClient, portalId: string): Promise<void> {
  await client.query('SELECT travel.drop_snapshot(id) FROM travel.snapshot WHERE portal_id = $1', [portalId]);
}
