import { randomBytes } from 'node:crypto';
import { byteaArray, int8Array, jsonArray, textArray, uuidArray } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { dealChanged } from '../deal-events.js';

const BUCKET = 3;
const PORTAL_ID = '11111111-1111-4111-8111-111111111111';

/**
 * A table with the columns, checks and indexes of the log, filled by one `unnest` a batch: no versions looked up, no ids
 * checked, no chain, no lock, digests made up beforehand. The least a durable insert of these rows costs.
 */
export class RawTable {
  private position = 0;
  private readonly digests = Array.from({ length: 1_000 }, () => randomBytes(32));

  private constructor(private readonly pool: Pool) {}

  static async create(pool: Pool): Promise<RawTable> {
    await pool.query('CREATE SCHEMA raw');
    await pool.query('CREATE TABLE raw.event (LIKE log.event INCLUDING ALL)');
    return new RawTable(pool);
  }

  async insert(count: number): Promise<void> {
    const streamId = `deal:${this.position % 500}`;
    const events = Array.from({ length: count }, () => dealChanged(streamId));
    const positions = events.map(() => (this.position += 1));
    const digests = positions.map((position) => this.digests[position % this.digests.length] ?? null);
    await this.pool.query({
      name: 'raw.insert',
      text: `INSERT INTO raw.event
               (position, version, recorded_at, bucket, portal_id, event_id, stream_id, body, sealed, digest, hash)
             SELECT n.position, n.position, now(), $1, $2, n.event_id, n.stream_id, n.body, NULL, n.digest, n.digest
               FROM unnest($3::bigint[], $4::uuid[], $5::text[], $6::json[], $7::bytea[])
                 AS n(position, event_id, stream_id, body, digest)`,
      values: [
        BUCKET,
        PORTAL_ID,
        int8Array(positions),
        uuidArray(events.map((event) => event.eventId)),
        textArray(events.map((event) => event.streamId)),
        jsonArray(events.map((event) => JSON.stringify(event))),
        byteaArray(digests),
      ],
    });
  }
}
