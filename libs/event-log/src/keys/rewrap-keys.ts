import { randomBytes } from 'node:crypto';
import { Rejection } from '@funnelwatch/kernel';
import { byteaArray, int4Array, textArray, uuidArray } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { decrypt, encrypt } from './cipher.js';
import { contextOf, MATCH_KEY } from './key-context.js';

export interface RewrappedKeys {
  subjectKeys: number;
  matchKeys: number;
}

interface WrappedRow {
  bucket: number;
  portalId: string;
  subject: string;
  wrapped: Buffer;
}

const ROWS_AT_ONCE = 2000;
/** One damaged row proves nothing: so many are tried. */
const TRIED_ROWS = 20;

/** Whether keys of data subjects open with this master key; null when there are none. */
export async function opensSubjectKeys(client: Pool | PoolClient, masterKey: Buffer): Promise<boolean | null> {
  const { rows } = await client.query<WrappedRow>(
    `SELECT bucket, portal_id AS "portalId", subject, wrapped FROM keys.subject_key WHERE wrapped IS NOT NULL LIMIT $1`,
    [TRIED_ROWS],
  );
  return rows.length === 0 ? null : rows.some((row) => unwrap(masterKey, row) !== null);
}

/** Throws `Rejection` KEY_FILE_OTHER when the keys of data subjects were made with another master key. */
export async function refuseOtherMasterKey(client: Pool | PoolClient, masterKey: Buffer): Promise<void> {
  if ((await opensSubjectKeys(client, masterKey)) === false) throw otherMasterKey();
}

export const otherMasterKey = (): Rejection =>
  new Rejection(
    'KEY_FILE_OTHER',
    'What is encrypted in this database was encrypted with another master key. Start with the key file that belongs to it, or restore that file from your copy; after an interrupted "funnelwatch key rotate" run that command again, it completes. Nothing was changed.',
  );

/**
 * Encrypts all keys with another master key, in the transaction of `client`. Nobody else may write keys meanwhile: lock the
 * tables before. Throws `Rejection` KEYS_UNREADABLE when a key opens with neither.
 */
export async function rewrapKeys(client: PoolClient, from: Buffer, to: Buffer): Promise<RewrappedKeys> {
  const report: RewrappedKeys = { subjectKeys: 0, matchKeys: 0 };
  let last = null as WrappedRow | null;
  for (;;) {
    const { rows } = await client.query<WrappedRow>(
      `SELECT bucket, portal_id AS "portalId", subject, wrapped FROM keys.subject_key
        WHERE wrapped IS NOT NULL AND ($1::int IS NULL OR (bucket, portal_id, subject) > ($1, $2::uuid, $3))
        ORDER BY bucket, portal_id, subject LIMIT $4`,
      [last?.bucket ?? null, last?.portalId ?? null, last?.subject ?? null, ROWS_AT_ONCE],
    );
    if (rows.length === 0) break;
    await client.query(
      `UPDATE keys.subject_key stored SET wrapped = new.wrapped
         FROM unnest($1::int[], $2::uuid[], $3::text[], $4::bytea[]) AS new(bucket, portal_id, subject, wrapped)
        WHERE (stored.bucket, stored.portal_id, stored.subject) = (new.bucket, new.portal_id, new.subject)`,
      columnsOf(rows, from, to),
    );
    report.subjectKeys += rows.length;
    last = rows.at(-1) ?? null;
  }
  const { rows } = await client.query<Omit<WrappedRow, 'subject'>>(
    'SELECT bucket, portal_id AS "portalId", wrapped FROM keys.match_key',
  );
  const matchKeys = rows.map((row) => ({ ...row, subject: MATCH_KEY }));
  await client.query(
    `UPDATE keys.match_key stored SET wrapped = new.wrapped
       FROM unnest($1::int[], $2::uuid[], $3::text[], $4::bytea[]) AS new(bucket, portal_id, subject, wrapped)
      WHERE (stored.bucket, stored.portal_id) = (new.bucket, new.portal_id)`,
    columnsOf(matchKeys, from, to),
  );
  report.matchKeys = matchKeys.length;
  return report;
}

function columnsOf(rows: WrappedRow[], from: Buffer, to: Buffer): unknown[] {
  const wrapped = rows.map((row) => {
    const key = unwrap(from, row);
    if (key) return encrypt(to, randomBytes(12), contextOf(row, row.subject), key);
    if (unwrap(to, row)) return row.wrapped;
    throw new Rejection(
      'KEYS_UNREADABLE',
      `The key of ${row.subject} in the portal ${row.portalId} opens neither with the present master key nor with the new one: it is damaged, or was made with another. Nothing was changed. Restore it from a backup, or erase ${row.subject}, and run the command again.`,
      { details: { portalId: row.portalId, subject: row.subject } },
    );
  });
  return [
    int4Array(rows.map(({ bucket }) => bucket)),
    uuidArray(rows.map(({ portalId }) => portalId)),
    textArray(rows.map(({ subject }) => subject)),
    byteaArray(wrapped),
  ];
}

const unwrap = (masterKey: Buffer, row: WrappedRow): Buffer | null =>
  decrypt(masterKey, contextOf(row, row.subject), row.wrapped);
