import { adoptNextKey, prepareNextKey, readKeyFile, readNextKey } from '@funnelwatch/config';
import { otherMasterKey, type RewrappedKeys, rewrapKeys, rewriteTables } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { opensDatabase } from './refuse-other-key.js';
import { reencryptCredentials } from './stored-credentials.js';

export interface RotationOptions {
  /** Of a login that owns the tables. No other program of Funnelwatch may be connected. */
  pool: Pool;
  /** File of the present master key. */
  keyFile: string;
  now: Date;
  /** Told when a point is passed and waited for, for specs that interrupt there. */
  onPoint?: (point: RotationPoint) => void | Promise<void>;
}

/** Between what may be interrupted: the next key on the disk, rows written, committed, the old key kept. */
export const rotationPoints = ['next key written', 'rewrapped', 'committed', 'rewritten', 'old key kept'] as const;
export type RotationPoint = (typeof rotationPoints)[number];

export interface RotationReport extends RewrappedKeys {
  webhooks: number;
  keyFile: string;
  /** Where the old key is. */
  oldKeyFile: string;
  /** True when an interrupted rotation had encrypted everything already. */
  isResumed: boolean;
  /** Tables that were in use: their files hold old row versions still. */
  notRewritten: string[];
}

const TABLES = ['registry.portal', 'keys.subject_key', 'keys.match_key'];
const LOCK_TIMEOUT_MS = 5000;

/**
 * Replaces the master key: a new one is written beside the old one, everything that is encrypted with the old one is
 * encrypted with the new one in one transaction, and the new file takes the place of the old one, which is kept under a name
 * with the date. Interrupted at any point, either key opens everything, and a repetition completes it.
 * Throws `Rejection` KEY_FILE_MISSING, KEY_FILE_INVALID, KEY_FILE_OTHER, KEY_FILE_UNWRITABLE, KEYS_UNREADABLE or
 * KEY_ROTATION_BUSY.
 */
export async function rotateMasterKey(options: RotationOptions): Promise<RotationReport> {
  const { pool, keyFile, now, onPoint } = options;
  const present = await readKeyFile(keyFile);
  await refuseCompany(pool);
  // Without a next key the present one must be right, or a file would be made that nobody needs.
  if (!(await readNextKey(keyFile)) && (await opensDatabase(pool, present)) === false) throw otherMasterKey();
  const next = await prepareNextKey(keyFile);
  await onPoint?.('next key written');
  const report = await withTransaction(pool, async (client) => {
    await lockTables(client);
    await refuseCompany(client);
    // What is encrypted tells how far an interrupted rotation came.
    if (await opensDatabase(client, next)) return { webhooks: 0, subjectKeys: 0, matchKeys: 0, isResumed: true };
    if ((await opensDatabase(client, present)) === false) throw otherMasterKey();
    const webhooks = await reencryptCredentials(client, present, next);
    const keys = await rewrapKeys(client, present, next);
    await onPoint?.('rewrapped');
    return { webhooks, ...keys, isResumed: false };
  });
  await onPoint?.('committed');
  // What the old key opens is not to stay in the files of the tables.
  const notRewritten = await rewriteTables(pool, TABLES);
  await onPoint?.('rewritten');
  const oldKeyFile = await adoptNextKey(keyFile, now, () => onPoint?.('old key kept'));
  return { ...report, keyFile, oldKeyFile, notRewritten };
}

/** Nobody reads what is encrypted until all of it is: a program that starts meanwhile waits, and then sees the new state. */
async function lockTables(client: PoolClient): Promise<void> {
  await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}; SET LOCAL statement_timeout = 0`);
  await client.query(`LOCK TABLE ${TABLES.join(', ')} IN ACCESS EXCLUSIVE MODE`).catch((error: unknown) => {
    throw isLockTimeout(error) ? busy('something') : error;
  });
}

/** A program that runs has the old key in its memory, and would go on encrypting with it. */
async function refuseCompany(client: Pool | PoolClient): Promise<void> {
  const { rows } = await client.query<{ application: string }>(
    `SELECT DISTINCT application_name AS application FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'funnelwatch%'
      ORDER BY 1`,
  );
  if (rows.length > 0) throw busy(rows.map(({ application }) => application).join(', '));
}

const busy = (who: string): Rejection =>
  new Rejection(
    'KEY_ROTATION_BUSY',
    `The master key is replaced only while no program of Funnelwatch works on the database: ${who} is connected. Stop everything but the database (npm start -- --database-only; docker compose stop ingest projector api), and run the command again. Nothing was changed.`,
    { details: { who } },
  );

const isLockTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '55P03';
