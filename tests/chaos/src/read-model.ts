import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';

/** Tables of a read model that shows every event applied twice, left out or out of the order of its stream. */
export const tableOf = (name: string): string => `
  CREATE TABLE ${name} (
    bucket int NOT NULL, portal_id uuid NOT NULL, stream_id text NOT NULL,
    events bigint NOT NULL, chain bigint NOT NULL, last_position bigint NOT NULL,
    PRIMARY KEY (bucket, portal_id, stream_id)
  )`;

export interface StreamState {
  events: number;
  /** Depends on every position of the stream and on their order. */
  chain: number;
  lastPosition: number;
}

const MODULUS = 1_000_000_007n;

/** One event more. */
export function fold(state: StreamState | undefined, { position }: Pick<StoredEvent, 'position'>): StreamState {
  const chain = (BigInt(state?.chain ?? 0) * 31n + BigInt(position)) % MODULUS;
  return { events: (state?.events ?? 0) + 1, chain: Number(chain), lastPosition: position };
}

/** Not idempotent on purpose. */
export async function apply(
  client: PoolClient,
  name: string,
  bucket: number,
  events: readonly StoredEvent[],
): Promise<void> {
  for (const { portalId, streamId, position } of events) {
    await client.query(
      `INSERT INTO ${name} AS known VALUES ($1, $2, $3, 1, $4::bigint % ${MODULUS}, $4::bigint)
       ON CONFLICT (bucket, portal_id, stream_id) DO UPDATE
          SET events = known.events + 1, chain = (known.chain * 31 + $4::bigint) % ${MODULUS},
              last_position = excluded.last_position`,
      [bucket, portalId, streamId, position],
    );
  }
}
