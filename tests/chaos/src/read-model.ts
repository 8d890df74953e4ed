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

/** Not idempotent on purpose: what the tables hold is folded on. */
export async function apply(
  client: PoolClient,
  name: string,
  bucket: number,
  events: readonly StoredEvent[],
): Promise<void> {
  const { rows } = await client.query<{ portal: string; stream: string } & StreamState>(
    `SELECT portal_id AS portal, stream_id AS stream, events, chain, last_position AS "lastPosition" FROM ${name}
      WHERE bucket = $1 AND stream_id = ANY ($2::text[])`,
    [bucket, [...new Set(events.map(({ streamId }) => streamId))]],
  );
  const states = new Map<string, { portal: string; stream: string; state: StreamState }>(
    rows.map(({ portal, stream, ...state }) => [`${portal} ${stream}`, { portal, stream, state }]),
  );
  for (const event of events) {
    const { portalId: portal, streamId: stream } = event;
    const key = `${portal} ${stream}`;
    states.set(key, { portal, stream, state: fold(states.get(key)?.state, event) });
  }
  const saved = [...states.values()].map(({ portal, stream, state }) => ({ portal, stream, ...state }));
  await client.query(
    `INSERT INTO ${name} (bucket, portal_id, stream_id, events, chain, last_position)
     SELECT $1, portal, stream, events, chain, "lastPosition"
       FROM json_to_recordset($2) AS saved (portal uuid, stream text, events bigint, chain bigint, "lastPosition" bigint)
     ON CONFLICT (bucket, portal_id, stream_id) DO UPDATE
        SET events = excluded.events, chain = excluded.chain, last_position = excluded.last_position`,
    [bucket, JSON.stringify(saved)],
  );
}
