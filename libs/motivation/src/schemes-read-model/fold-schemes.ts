import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { evolveScheme, noScheme, type SchemeEvent, type SchemeState, schemeStream } from '../domain/scheme.js';

interface Place {
  schema: string;
  bucket: number;
}

/** Keeps every scheme with all its versions. What was folded before is passed over. */
export async function foldSchemes(client: PoolClient, place: Place, events: readonly StoredEvent[]): Promise<void> {
  const ours = events.filter(
    ({ streamId, data }) => (data as unknown) !== null && streamId.startsWith(schemeStream('')),
  );
  const streams = Map.groupBy(ours, ({ portalId, streamId }) => `${portalId} ${streamId}`);
  for (const [, told] of [...streams].sort(([left], [right]) => (left < right ? -1 : 1)))
    await foldOne(client, place, told);
}

async function foldOne(client: PoolClient, { schema, bucket }: Place, told: readonly StoredEvent[]): Promise<void> {
  const [first] = told;
  if (!first) return;
  const schemeId = first.streamId.slice(schemeStream('').length);
  const { rows } = await client.query<{ state: SchemeState; last_position: number }>(
    `SELECT state, last_position FROM ${schema}.scheme WHERE bucket = $1 AND portal_id = $2 AND scheme_id = $3`,
    [bucket, first.portalId, schemeId],
  );
  let state = rows[0]?.state ?? noScheme;
  let position = rows[0]?.last_position ?? 0;
  for (const event of told) {
    if (event.position <= position) continue;
    state = evolveScheme(state, { type: event.type, data: event.data } as unknown as SchemeEvent);
    position = event.position;
  }
  if (state.status === 'absent') return;
  await client.query(
    `INSERT INTO ${schema}.scheme (bucket, portal_id, scheme_id, state, last_position) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (bucket, portal_id, scheme_id) DO UPDATE SET state = excluded.state, last_position = excluded.last_position`,
    [bucket, first.portalId, schemeId, JSON.stringify(state), position],
  );
}
