import { textColumns } from '@funnelwatch/postgres';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import { decodeEvent, recordedAtOf } from '../envelope.js';

export const EVENT_COLUMNS = `"position", version, portal_id, recorded_at, digest, hash, body, sealed`;
export type EventRow = [string, string, string, string, string, string, string, string | null];

/** Runs a query over EVENT_COLUMNS and decodes its rows. Statements are prepared once per connection under `name`. */
export async function readEvents(
  source: Pool | PoolClient,
  bucket: number,
  query: { name: string; text: string; values: unknown[] },
): Promise<StoredEvent[]> {
  const { rows } = await source.query<EventRow>({ ...query, rowMode: 'array', types: textColumns });
  return rows.map((row) => eventOf(bucket, row));
}

function eventOf(bucket: number, row: EventRow): StoredEvent {
  const [position, version, portalId, recordedAt, digest, hash, body, sealed] = row;
  return decodeEvent(body, sealed, {
    portalId,
    bucket,
    position: Number(position),
    version: Number(version),
    recordedAt: recordedAtOf(recordedAt),
    digest: digest.slice(2),
    hash: hash.slice(2),
  });
}
