import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { emptyMatches, eraseKeys, suppress, verifyLog } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import copyStreams from 'pg-copy-streams';
import { z } from 'zod';
import { columnList } from './copied-tables.js';
import { type CopiedTable, ERASURES_FILE, type Manifest, readBackup } from './manifest.js';

export interface RestoreOptions {
  /** Of an empty database with this program's tables, on which nothing runs. */
  pool: Pool;
  folder: string;
  /** Where the copies of keys are kept. */
  keysFolder: string;
  /** Who was erased since; the list beside the copies of keys unless told. */
  erasuresFile?: string;
  /** Asked once everything is there and before it counts: throws when the master key does not open it. */
  refuseOtherKey: (client: PoolClient) => Promise<void>;
  onTable?(table: CopiedTable): void;
}

export interface RestoreReport {
  madeAt: string;
  tables: CopiedTable[];
  events: number;
  /** Subjects whose keys were destroyed again. */
  erased: number;
}

const SUBJECT_KEYS = 'keys.subject_key';

const erasureSchema = z.object({ portalId: z.uuid(), subject: z.string(), erasedAt: z.iso.datetime() });

/**
 * Fills an empty database from a backup: data, keys and, once more, the erasures of everybody who was erased since, in one
 * transaction; then proves the log against itself and against the heads that the backup names. Read models begin anew.
 * Throws `Rejection` BACKUP_UNREADABLE, BACKUP_NEWER, BACKUP_DAMAGED, RESTORE_NOT_EMPTY, ERASURES_UNREADABLE or
 * RESTORED_LOG_DAMAGED, and what `refuseOtherKey` throws.
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const { pool, folder, keysFolder } = options;
  const manifest = await readBackup(folder);
  const keys = await readBackup(join(keysFolder, manifest.keys));
  const erasures = await readErasures(options.erasuresFile ?? join(keysFolder, ERASURES_FILE));
  const client = await pool.connect();
  let erased: number;
  try {
    await client.query('BEGIN');
    await client.query('SET LOCAL statement_timeout = 0');
    await refuseOtherSchema(client, manifest);
    await refuseFullDatabase(client);
    for (const table of manifest.tables) await fill(client, folder, table, options.onTable);
    const fillKeys = (table: CopiedTable) => fill(client, join(keysFolder, manifest.keys), table, options.onTable);
    for (const table of keys.tables) if (table.table !== SUBJECT_KEYS) await fillKeys(table);
    // Before the keys: those of the erased are taken away from each row before it is written, so that no file holds them.
    erased = await listErased(client, erasures);
    for (const table of keys.tables) if (table.table === SUBJECT_KEYS) await fillKeys(table);
    await forgetErased(client, erasures);
    await goOnNumbering(client, manifest.tables);
    await doubtUnsent(client);
    await options.refuseOtherKey(client);
    // Copies on a broker may hold what this log has forgotten: they are another's from now on.
    await client.query('UPDATE log.incarnation SET id = gen_random_uuid(), since = clock_timestamp()');
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  await proveLog(pool, manifest);
  const events = manifest.tables.find(({ table }) => table === 'log.event')?.rows ?? 0;
  return { madeAt: manifest.madeAt, tables: [...manifest.tables, ...keys.tables], events, erased };
}

async function refuseOtherSchema(client: PoolClient, { migrations }: Manifest): Promise<void> {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migration');
  const known = new Set(rows.map(({ name }) => name));
  const unknown = migrations.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Rejection(
    'BACKUP_NEWER',
    'The backup holds tables that this program does not know, or the database is not migrated. Run "funnelwatch migrate", or restore with the program that made it.',
    { details: { unknown: unknown.length } },
  );
}

async function refuseFullDatabase(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ is_empty: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM log.event) AND NOT EXISTS (SELECT FROM registry.portal)
        AND NOT EXISTS (SELECT FROM keys.subject_key) AS is_empty`,
  );
  if (rows[0]?.is_empty) return;
  throw new Rejection(
    'RESTORE_NOT_EMPTY',
    'The database is not empty. Restore into a new database: create it, run "funnelwatch migrate", then restore.',
  );
}

async function fill(
  client: PoolClient,
  folder: string,
  table: CopiedTable,
  onTable?: (table: CopiedTable) => void,
): Promise<void> {
  // Rows that the migration made itself, such as the counters of buckets.
  await client.query(`DELETE FROM ${table.table}`);
  const target = client.query(copyStreams.from(`COPY ${table.table} (${columnList(table.columns)}) FROM STDIN`));
  await pipeline(createReadStream(join(folder, table.file)), createGunzip(), target);
  onTable?.(table);
}

/** Copied rows bring their numbers along; new ones come after them. */
async function goOnNumbering(client: PoolClient, tables: readonly CopiedTable[]): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT attrelid::regclass::text AS table, attname AS column FROM pg_attribute
      WHERE attidentity <> '' AND attrelid = ANY ($1::regclass[])`,
    [tables.map(({ table }) => table)],
  );
  for (const { table, column } of rows) {
    await client.query(
      `SELECT setval(pg_get_serial_sequence('${table}', '${column}'), greatest(max("${column}"), 1), count(*) > 0)
         FROM ${table}`,
    );
  }
}

/**
 * Messages to portals that the copy holds as not sent may have been sent since: they are to be looked for before they are
 * written again.
 */
async function doubtUnsent(client: PoolClient): Promise<void> {
  const { rows } = await client.query(`SELECT WHERE to_regclass('writeback.message') IS NOT NULL`);
  if (rows.length === 0) return;
  await client.query(`UPDATE writeback.message SET is_outcome_unknown = true WHERE state NOT IN ('sent', 'cancelled')`);
}

async function readErasures(path: string): Promise<Erasures> {
  try {
    const lines = (await readFile(path, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.map((line) => erasureSchema.parse(JSON.parse(line)));
  } catch (error) {
    throw new Rejection(
      'ERASURES_UNREADABLE',
      `The list of erased people cannot be read: ${path}. Without it people who were erased would come back; name the newest one with --erasures.`,
      { cause: error },
    );
  }
}

type Erasures = z.infer<typeof erasureSchema>[];

/** Keys of the copy are older than the list: who was erased since must stay unreadable. */
async function listErased(client: PoolClient, erasures: Erasures): Promise<number> {
  let erased = 0;
  for (const { portal, subjects } of await byPortal(client, erasures)) {
    await suppress(
      client,
      portal,
      subjects.map((subject) => ({ subject, root: subject })),
    );
    erased += subjects.length;
  }
  return erased;
}

/** Marks keys as destroyed that the copy does not know, and removes hashes of fields that came with it. */
async function forgetErased(client: PoolClient, erasures: Erasures): Promise<void> {
  for (const { portal, subjects } of await byPortal(client, erasures)) {
    await eraseKeys(client, portal, subjects);
    await emptyMatches(client, portal, subjects);
  }
  const { rows: heads } = await client.query(`SELECT WHERE to_regclass('capture.entity_head') IS NOT NULL`);
  if (heads.length === 0) return;
  await client.query(
    `UPDATE capture.entity_head head SET personal_hashes = '{}', content_hash = ''
       FROM keys.erased_subject erased
      WHERE head.portal_id = erased.portal_id AND head.kind || ':' || head.id = erased.subject
        AND head.personal_hashes::text <> '{}'`,
  );
  await client.query(
    `WITH gone AS (
       DELETE FROM capture.match_key AS key USING keys.erased_subject AS erased
        WHERE key.portal_id = erased.portal_id AND key.stream_id = erased.subject
       RETURNING key.portal_id, key.stream_id, key.hash
     )
     UPDATE capture.match_list AS list SET is_doubtful = true
      WHERE EXISTS (SELECT FROM gone WHERE gone.portal_id = list.portal_id AND gone.stream_id = list.stream_id)
         OR EXISTS (SELECT FROM gone JOIN capture.match_key AS other USING (portal_id, hash)
                     WHERE other.portal_id = list.portal_id AND other.stream_id = list.stream_id)`,
  );
}

async function byPortal(client: PoolClient, erasures: Erasures) {
  const { rows } = await client.query<{ portalId: string; bucket: number }>(
    'SELECT portal_id AS "portalId", bucket FROM registry.portal',
  );
  return rows
    .map((portal) => ({
      portal,
      subjects: erasures.filter(({ portalId }) => portalId === portal.portalId).map(({ subject }) => subject),
    }))
    .filter(({ subjects }) => subjects.length > 0);
}

async function proveLog(pool: Pool, manifest: Manifest): Promise<void> {
  const { isIntact } = await verifyLog(pool, { from: 1 });
  const { rows } = await pool.query<{ bucket: number; position: number; hash: string }>(
    `SELECT bucket, "position", encode(hash, 'hex') AS hash FROM log.counter ORDER BY bucket`,
  );
  if (isIntact && JSON.stringify(rows) === JSON.stringify(manifest.heads)) return;
  throw new Rejection(
    'RESTORED_LOG_DAMAGED',
    'The restored log is not what the backup says it was. Do not start anything on this database; restore another backup.',
  );
}
