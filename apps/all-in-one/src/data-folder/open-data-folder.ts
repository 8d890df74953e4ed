import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  constants,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rmdir,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { createKeyFile, readKeyFile } from '@funnelwatch/config';
import { Rejection } from '@funnelwatch/kernel';
import { type InstanceLock, lockDataFolder } from './instance-lock.js';

/** Raised by one when an older program could no longer read the folder. */
const FOLDER_FORMAT = 1;
const leftByInterruptedStart = new Set(['master.key', 'funnelwatch.json.new']);
const NEEDED_FREE_BYTES = 300 * 1024 * 1024;

export interface DataFolder {
  path: string;
  databaseFolder: string;
  /** Topics of the broker, in the distributed topology only. */
  brokerFolder: string;
  simulatorFolder: string;
  logsFolder: string;
  keyFile: string;
  connectionFile: string;
  databasePassword: string;
  /** Passwords of the programs' own logins. */
  loginPasswords: Record<string, string>;
  /** True when this start created the folder's contents. */
  isNew: boolean;
  lock: InstanceLock;
}

interface Manifest {
  format: number;
  databasePassword: string;
  /** Absent in folders made before programs had logins of their own. */
  loginPasswords?: Record<string, string>;
}

/**
 * Opens the data folder of `npm start`, or creates it: locks it, checks its format and its health, keeps the
 * database's password and the master key. Changes nothing when it refuses.
 *
 * Throws `DATA_FOLDER_IN_USE`, `DATA_FOLDER_NEWER`, `DATA_FOLDER_DAMAGED`, `DATA_FOLDER_FOREIGN`,
 * `DATA_FOLDER_UNWRITABLE`, `DISK_FULL`.
 */
export async function openDataFolder(folder: string, logins: readonly string[]): Promise<DataFolder> {
  const created = await createWritable(folder);
  const path = await realpath(folder);
  const lock = await lockDataFolder(path);
  try {
    await refuseFullDisk(path);
    const existing = await readManifest(path);
    const manifest = existing ?? (await createManifest(path));
    const loginPasswords = { ...manifest.loginPasswords };
    const newLogins = logins.filter((login) => !(login in loginPasswords));
    for (const login of newLogins) loginPasswords[login] = newPassword();
    const opened = {
      path,
      databaseFolder: join(path, 'postgres'),
      brokerFolder: join(path, 'kafka'),
      simulatorFolder: join(path, 'simulator'),
      logsFolder: join(path, 'logs'),
      keyFile: join(path, 'master.key'),
      connectionFile: join(path, 'connection.json'),
      databasePassword: manifest.databasePassword,
      loginPasswords,
      isNew: existing === null,
      lock,
    };
    if (existing) await refuseDamage(opened);
    if (newLogins.length > 0) await saveManifest(path, { ...manifest, loginPasswords });
    await mkdir(opened.logsFolder, { recursive: true });
    return opened;
  } catch (error) {
    await lock.release();
    // Succeeds for an empty folder only.
    if (created !== undefined) await rmdir(path).catch(() => undefined);
    throw error;
  }
}

/** Returns the first folder that had to be created. */
async function createWritable(folder: string): Promise<string | undefined> {
  try {
    const created = await mkdir(folder, { recursive: true, mode: 0o755 });
    await access(folder, constants.W_OK);
    return created;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull(folder, error);
    throw new Rejection(
      'DATA_FOLDER_UNWRITABLE',
      `The data folder ${folder} cannot be written to. Check its rights, or choose another one with --data.`,
      { cause: error },
    );
  }
}

async function refuseFullDisk(path: string): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  if (bavail * bsize < NEEDED_FREE_BYTES) throw diskFull(path);
}

function diskFull(path: string, cause?: unknown): Rejection {
  return new Rejection(
    'DISK_FULL',
    `The disk that holds ${path} has less than 300 MB left. Free some room, or choose another folder with --data.`,
    { cause },
  );
}

async function readManifest(path: string): Promise<Manifest | null> {
  const text = await readFile(join(path, 'funnelwatch.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw damaged(path, 'funnelwatch.json cannot be read', error);
  });
  if (text === null) {
    const strangers = (await readdir(path)).filter((name) => !leftByInterruptedStart.has(name));
    if (strangers.length > 0) {
      throw new Rejection(
        'DATA_FOLDER_FOREIGN',
        `The folder ${path} holds files that are not Funnelwatch's. Choose an empty folder with --data.`,
      );
    }
    return null;
  }
  let manifest: Partial<Manifest>;
  try {
    manifest = JSON.parse(text) as Partial<Manifest>;
  } catch (error) {
    throw damaged(path, 'funnelwatch.json is not readable', error);
  }
  if (typeof manifest.format === 'number' && manifest.format > FOLDER_FORMAT) {
    throw new Rejection(
      'DATA_FOLDER_NEWER',
      `The data folder ${path} was written by a newer Funnelwatch (format ${manifest.format}, this one knows ${FOLDER_FORMAT}). Start the newer program, or choose another folder with --data.`,
    );
  }
  if (manifest.format !== FOLDER_FORMAT || typeof manifest.databasePassword !== 'string') {
    throw damaged(path, 'funnelwatch.json lacks its format or password');
  }
  return manifest as Manifest;
}

async function createManifest(path: string): Promise<Manifest> {
  const keyFile = join(path, 'master.key');
  // The key comes first: a manifest without its key would read as damage after an interrupted first start.
  if (
    !(await access(keyFile).then(
      () => true,
      () => false,
    ))
  )
    await createKeyFile(keyFile);
  const manifest: Manifest = { format: FOLDER_FORMAT, databasePassword: newPassword() };
  await saveManifest(path, manifest);
  // PostgreSQL runs as a user of its own when started by root and must be able to walk into the folder.
  await chmod(path, 0o755);
  return manifest;
}

const newPassword = (): string => randomBytes(24).toString('base64url');

async function saveManifest(path: string, manifest: Manifest): Promise<void> {
  const target = join(path, 'funnelwatch.json');
  await writeFile(`${target}.new`, `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
  await rename(`${target}.new`, target);
}

/** Stands beside the database while `initdb` makes it, which wants an empty folder. */
export const makingMarkOf = (databaseFolder: string): string => `${databaseFolder}.making`;

async function refuseDamage(folder: DataFolder): Promise<void> {
  await readKeyFile(folder.keyFile).catch((error: unknown) => {
    throw damaged(folder.path, 'master.key is missing or no key: restore it from your backup', error);
  });
  // A cluster whose making was interrupted is made anew.
  if (existsSync(makingMarkOf(folder.databaseFolder))) return;
  const entries = await readdir(folder.databaseFolder).catch(() => [] as string[]);
  const isComplete = ['PG_VERSION', 'global', 'base', 'pg_wal'].every((name) => entries.includes(name));
  if (entries.length > 0 && !isComplete) throw damaged(folder.path, 'parts of the database are missing');
}

function damaged(path: string, what: string, cause?: unknown): Rejection {
  return new Rejection(
    'DATA_FOLDER_DAMAGED',
    `The data folder ${path} is damaged: ${what}. Nothing was changed. Restore the folder from a backup, or choose another one with --data.`,
    { cause },
  );
}
