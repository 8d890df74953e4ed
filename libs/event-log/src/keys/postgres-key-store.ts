import { byteaArray, textArray, withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { eraseKeys } from '../erasure/suppression.js';
import type { PortalAddress } from '../port.js';
import type { KeyStore, WrappedKey } from './key-store.js';

interface KeyRow {
  subject: string;
  wrapped: Buffer | null;
}

/**
 * Keys in the schema `keys`. Each call commits by itself, on a connection of its own, whatever transaction the caller
 * is in: a key must never be rolled back once a text was sealed with it.
 */
export class PostgresKeyStore implements KeyStore {
  constructor(private readonly pool: Pool) {}

  async load(portal: PortalAddress, subjects: readonly string[]): Promise<Map<string, WrappedKey>> {
    const { rows } = await this.pool.query<KeyRow>({
      name: 'keys.load',
      text: `SELECT subject, wrapped FROM keys.subject_key
              WHERE bucket = $1 AND portal_id = $2 AND subject = ANY ($3::text[])`,
      values: [portal.bucket, portal.portalId, textArray(subjects)],
    });
    return new Map(rows.map((row) => [row.subject, row.wrapped]));
  }

  async add(portal: PortalAddress, keys: ReadonlyMap<string, Buffer>): Promise<Map<string, WrappedKey>> {
    // In one order everywhere, so that two processes that meet the same subjects cannot block each other.
    const subjects = [...keys.keys()].sort();
    const { rows } = await this.pool.query<KeyRow>({
      name: 'keys.add',
      text: `INSERT INTO keys.subject_key (bucket, portal_id, subject, wrapped)
             SELECT $1, $2, new.subject, new.wrapped FROM unnest($3::text[], $4::bytea[]) AS new(subject, wrapped)
             ON CONFLICT DO NOTHING RETURNING subject, wrapped`,
      values: [
        portal.bucket,
        portal.portalId,
        textArray(subjects),
        byteaArray(subjects.map((subject) => keys.get(subject) ?? null)),
      ],
    });
    // As they are stored: whoever was erased gets none.
    const stored = new Map<string, WrappedKey>(rows.map((row) => [row.subject, row.wrapped]));
    const others = subjects.filter((subject) => !stored.has(subject));
    if (others.length > 0) for (const [subject, key] of await this.load(portal, others)) stored.set(subject, key);
    return stored;
  }

  async destroy(portal: PortalAddress, subjects: readonly string[]): Promise<void> {
    await withTransaction(this.pool, (client) => eraseKeys(client, portal, subjects));
  }

  async loadMatchKey(portal: PortalAddress): Promise<Buffer | undefined> {
    const { rows } = await this.pool.query<{ wrapped: Buffer }>({
      name: 'keys.load_match_key',
      text: 'SELECT wrapped FROM keys.match_key WHERE bucket = $1 AND portal_id = $2',
      values: [portal.bucket, portal.portalId],
    });
    return rows[0]?.wrapped;
  }

  async addMatchKey(portal: PortalAddress, key: Buffer): Promise<Buffer> {
    await this.pool.query({
      text: 'INSERT INTO keys.match_key (bucket, portal_id, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
      values: [portal.bucket, portal.portalId, key],
    });
    return (await this.loadMatchKey(portal)) ?? key;
  }
}
