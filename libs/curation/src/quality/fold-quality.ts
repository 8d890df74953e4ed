import type { DomainEvent, JsonObject, StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { auditEvents, auditOf } from './audits/audit-events.js';
import { type AuditState, evolveAudit } from './audits/decide-audit.js';
import { calibrationEvents } from './calibration/calibration-events.js';
import { evolveCalibration, noCalibration } from './calibration/calibration.js';
import { qualityEvents } from './settings/quality-events.js';
import { evolveQuality, usualQuality } from './settings/quality-state.js';

interface Place {
  schema: string;
  bucket: number;
}

/** Folds what controls the control: settings and gold set, calibration, audits. */
export async function foldQuality(client: PoolClient, place: Place, events: readonly StoredEvent[]): Promise<void> {
  await foldStates(client, place, events, {
    types: new Set(qualityEvents.map(({ type }) => type)),
    table: 'quality',
    keyColumn: null,
    keyOf: () => '',
    initial: usualQuality,
    evolve: evolveQuality as Evolve,
  });
  await foldStates(client, place, events, {
    types: new Set(calibrationEvents.map(({ type }) => type)),
    table: 'calibration',
    keyColumn: 'account_id',
    keyOf: ({ data }: { data: { accountId?: string } }) => data.accountId ?? '',
    initial: noCalibration,
    evolve: evolveCalibration as Evolve,
  });
  await foldAudits(client, place, events);
}

type Evolve = (state: unknown, event: DomainEvent<never, never>) => unknown;

interface Folded {
  types: ReadonlySet<string>;
  table: string;
  keyColumn: string | null;
  keyOf(event: StoredEvent): string;
  initial: unknown;
  evolve: Evolve;
}

/** One row with a state for each key; there are few of these events. */
async function foldStates(
  client: PoolClient,
  { schema, bucket }: Place,
  events: readonly StoredEvent[],
  { types, table, keyColumn, keyOf, initial, evolve }: Folded,
): Promise<void> {
  const groups = Map.groupBy(
    events.filter(({ type }) => types.has(type)),
    (event) => `${event.portalId} ${keyOf(event)}`,
  );
  const [where, conflict, named] = keyColumn
    ? [` AND ${keyColumn} = $3`, `, ${keyColumn}`, `, ${keyColumn}`]
    : ['', '', ''];
  for (const [, told] of [...groups].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const [first] = told;
    if (!first) continue;
    const key = [bucket, first.portalId, ...(keyColumn ? [keyOf(first)] : [])];
    const { rows } = await client.query<{ state: unknown; last_position: number }>(
      `SELECT state, last_position FROM ${schema}.${table} WHERE bucket = $1 AND portal_id = $2${where}`,
      key,
    );
    let state = rows[0]?.state ?? initial;
    let position = rows[0]?.last_position ?? 0;
    for (const event of told) {
      if (event.position <= position) continue;
      state = evolve(state, { type: event.type, data: event.data } as DomainEvent<never, never>);
      position = event.position;
    }
    const places = key.map((_, index) => `$${index + 1}`).join(', ');
    await client.query(
      `INSERT INTO ${schema}.${table} (bucket, portal_id${named}, state, last_position)
       VALUES (${places}, $${key.length + 1}, $${key.length + 2})
       ON CONFLICT (bucket, portal_id${conflict}) DO UPDATE SET state = excluded.state, last_position = excluded.last_position`,
      [...key, JSON.stringify(state as JsonObject), position],
    );
  }
}

const auditTypes = new Set(auditEvents.map(({ type }) => type));

async function foldAudits(
  client: PoolClient,
  { schema, bucket }: Place,
  events: readonly StoredEvent[],
): Promise<void> {
  const ofAudits = events.filter(({ type }) => auditTypes.has(type));
  const groups = Map.groupBy(ofAudits, ({ portalId, streamId }) => `${portalId} ${streamId}`);
  for (const [, told] of [...groups].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const [first] = told;
    const auditId = first && auditOf(first.streamId);
    if (!first || !auditId) continue;
    const { rows } = await client.query<{ state: AuditState; scored_at: Date | null; version: number }>(
      `SELECT state, scored_at, version FROM ${schema}.audit WHERE bucket = $1 AND portal_id = $2 AND audit_id = $3`,
      [bucket, first.portalId, auditId],
    );
    let state = rows[0]?.state ?? null;
    let scoredAt = rows[0]?.scored_at?.toISOString() ?? null;
    let version = rows[0]?.version ?? 0;
    for (const event of told) {
      if (event.version <= version) continue;
      state = evolveAudit(state, { type: event.type, data: event.data } as never);
      scoredAt = state?.scored ? event.occurredAt : null;
      version = event.version;
    }
    if (!state) continue;
    await client.query(
      `INSERT INTO ${schema}.audit
         (bucket, portal_id, audit_id, week, seller, kind, about, happened_at, scored_by, scored_at, score, is_passed, state, version)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (bucket, portal_id, audit_id) DO UPDATE SET
         scored_by = excluded.scored_by, scored_at = excluded.scored_at, score = excluded.score,
         is_passed = excluded.is_passed, state = excluded.state, version = excluded.version`,
      [
        ...[bucket, first.portalId, auditId, state.week, state.seller, state.kind, state.about, state.happenedAt],
        ...[state.scored?.by ?? null, scoredAt, state.scored?.score ?? null, state.scored?.isPassed ?? null],
        ...[JSON.stringify(state), version],
      ],
    );
  }
}
