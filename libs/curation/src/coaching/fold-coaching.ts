import type { StoredEvent } from '@funnelwatch/kernel';
import { textArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { type CoachingEvent, coachingOf } from './coaching-events.js';
import { type CoachingState, evolveCoaching } from './coaching-state.js';

interface Place {
  schema: string;
  bucket: number;
}

/** Folds coachings, and which case each has in it; there are few of these events. */
export async function foldCoaching(client: PoolClient, place: Place, events: readonly StoredEvent[]): Promise<void> {
  const groups = Map.groupBy(
    events.filter(({ streamId }) => coachingOf(streamId) !== null),
    ({ portalId, streamId }) => `${portalId} ${streamId}`,
  );
  for (const [, told] of [...groups].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const [first] = told;
    if (first) await foldOne(client, place, first.portalId, coachingOf(first.streamId) ?? '', told);
  }
}

async function foldOne(
  client: PoolClient,
  { schema, bucket }: Place,
  portalId: string,
  coachingId: string,
  told: readonly StoredEvent[],
): Promise<void> {
  const key = [bucket, portalId, coachingId];
  const { rows } = await client.query<{ state: CoachingState; done_at: Date | null; version: number }>(
    `SELECT state, done_at, version FROM ${schema}.coaching WHERE bucket = $1 AND portal_id = $2 AND coaching_id = $3`,
    key,
  );
  let state = rows[0]?.state ?? null;
  let doneAt = rows[0]?.done_at?.toISOString() ?? null;
  let version = rows[0]?.version ?? 0;
  for (const event of told) {
    if (event.version <= version) continue;
    state = evolveCoaching(state, { type: event.type, data: event.data } as unknown as CoachingEvent);
    if (event.type === 'CoachingDone') doneAt = event.occurredAt;
    if (event.type === 'CoachingReopened') doneAt = null;
    version = event.version;
  }
  if (!state) return;
  await client.query(
    `INSERT INTO ${schema}.coaching (bucket, portal_id, coaching_id, person, rule_id, status, since, done_at, state, version)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (bucket, portal_id, coaching_id) DO UPDATE SET
       status = excluded.status, done_at = excluded.done_at, state = excluded.state, version = excluded.version`,
    [...key, state.person, state.ruleId, state.status, state.since, doneAt, JSON.stringify(state), version],
  );
  await client.query(
    `DELETE FROM ${schema}.coached_case WHERE bucket = $1 AND portal_id = $2 AND coaching_id = $3`,
    key,
  );
  await client.query(
    `INSERT INTO ${schema}.coached_case (bucket, portal_id, coaching_id, case_id)
     SELECT $1, $2, $3, unnest($4::text[])::uuid
     ON CONFLICT (bucket, portal_id, case_id) DO UPDATE SET coaching_id = excluded.coaching_id`,
    [...key, textArray(state.caseIds.toSorted())],
  );
}
