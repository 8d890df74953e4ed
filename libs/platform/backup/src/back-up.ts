import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Rejection } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import copyStreams from 'pg-copy-streams';
import { writeErasures } from './erasures.js';
import { columnList, dataTables, keyTables, type TableToCopy } from './copied-tables.js';
import { BACKUP_FORMAT, type CopiedTable, type Manifest, MANIFEST_FILE } from './manifest.js';

export interface BackupOptions {
  pool: Pool;
  /** Made by the backup; must not exist. */
  folder: string;
  /** Where copies of keys are kept, apart from the data: one folder a backup, removed after 30 days. */
  keysFolder: string;
  now: Date;
  onTable?(table: CopiedTable): void;
}

export interface BackupReport {
  folder: string;
  keysFolder: string;
  tables: CopiedTable[];
  bytes: number;
  /** Names of older copies of keys that were removed. */
  removedKeys: string[];
}

const KEYS_ARE_KEPT_MS = 30 * 24 * 3_600_000;
/** Names of copies of keys: the instant of the backup. */
const KEY_COPY = /^\d{8}T\d{6}Z$/;

/**
 * Copies everything that cannot be made again, in one snapshot, while the system works. Files are complete when their
 * folder has its name. Throws `Rejection` BACKUP_FOLDER_TAKEN.
 */
export async function backUp(options: BackupOptions): Promise<BackupReport> {
  const { pool, folder, keysFolder, now } = options;
  if (await exists(folder)) {
    throw new Rejection('BACKUP_FOLDER_TAKEN', `${folder} exists already. Name a folder that does not.`);
  }
  const copyName = now.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const partial = `${folder}.partial`;
  const partialKeys = join(keysFolder, `${copyName}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await mkdir(partialKeys, { recursive: true, mode: 0o700 });
  let tables: CopiedTable[];
  const client = await pool.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query('SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0');
    tables = await copyTables(client, await dataTables(client), partial, options.onTable);
    const keys = await copyTables(client, await keyTables(client), partialKeys);
    const manifest = { ...(await describe(client, now)), tables, keys: copyName };
    await writeErasures(client, keysFolder);
    await client.query('COMMIT');
    await writeManifest(partialKeys, { ...manifest, tables: keys });
    await writeManifest(partial, manifest);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  await rename(partialKeys, join(keysFolder, copyName));
  await rename(partial, folder);
  await syncFolder(dirname(folder));
  return {
    folder,
    keysFolder: join(keysFolder, copyName),
    tables,
    bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
    removedKeys: await removeOldKeys(keysFolder, now),
  };
}

async function copyTables(
  client: PoolClient,
  tables: readonly TableToCopy[],
  folder: string,
  onTable?: (table: CopiedTable) => void,
): Promise<CopiedTable[]> {
  const copied: CopiedTable[] = [];
  for (const { table, columns } of tables) {
    const file = `${table}.copy.gz`;
    const hash = createHash('sha256');
    let bytes = 0;
    const measured = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        bytes += chunk.length;
        done(null, chunk);
      },
    });
    const source = client.query(copyStreams.to(`COPY (SELECT ${columnList(columns)} FROM ${table}) TO STDOUT`));
    await pipeline(
      source,
      createGzip({ level: 6 }),
      measured,
      createWriteStream(join(folder, file), { mode: 0o600, flush: true }),
    );
    const one = { table, columns, file, rows: source.rowCount, bytes, sha256: hash.digest('hex') };
    copied.push(one);
    onTable?.(one);
  }
  return copied;
}

async function describe(client: PoolClient, now: Date): Promise<Omit<Manifest, 'tables' | 'keys'>> {
  const migrations = await client.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY name');
  const heads = await client.query<{ bucket: number; position: number; hash: string }>(
    `SELECT bucket, "position", encode(hash, 'hex') AS hash FROM log.counter ORDER BY bucket`,
  );
  return {
    format: BACKUP_FORMAT,
    madeAt: now.toISOString(),
    migrations: migrations.rows.map(({ name }) => name),
    heads: heads.rows,
  };
}

async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  await writeFile(join(folder, MANIFEST_FILE), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true });
}

async function removeOldKeys(keysFolder: string, now: Date): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await readdir(keysFolder)) {
    if (!KEY_COPY.test(name)) continue;
    const madeAt = Date.parse(name.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/, '$1-$2-$3T$4:$5:$6Z'));
    if (now.getTime() - madeAt <= KEYS_ARE_KEPT_MS) continue;
    await rm(join(keysFolder, name), { recursive: true });
    removed.push(name);
  }
  return removed;
}

async function exists(path: string): Promise<boolean> {
  return (await readdir(dirname(path)).catch((): string[] => [])).includes(basename(path));
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
