import type { StoredEvent } from '@funnelwatch/kernel';
import {
  boolArray,
  int4Array,
  int8Array,
  jsonArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { type CaseEvent, caseOf, type CaseOpenedData } from '../cases/case-events.js';
import { type CaseState, evolveCase } from '../cases/case-state.js';

interface Place {
  schema: string;
  bucket: number;
}

/** A case as the queue holds it. */
interface CaseRow {
  portalId: string;
  caseId: string;
  state: CaseState;
  opened: CaseOpenedData;
  verdictAt: string | null;
  recordedAt: string;
  closedAt: string | null;
  version: number;
  position: number;
}

/** Folds what happened to cases into the queue. */
export async function foldCases(client: PoolClient, place: Place, events: readonly StoredEvent[]): Promise<void> {
  const ofCases = events.filter(({ streamId }) => caseOf(streamId) !== null);
  if (ofCases.length === 0) return;
  const rows = await loadCases(client, place, ofCases);
  for (const event of ofCases) fold(rows, event);
  await saveCases(client, place, [...rows.values()]);
  await saveEntries(client, place, ofCases);
}

async function loadCases(
  client: PoolClient,
  { schema, bucket }: Place,
  events: readonly StoredEvent[],
): Promise<Map<string, CaseRow>> {
  const wanted = new Map(events.map((event) => [`${event.portalId} ${event.streamId}`, event]));
  const { rows } = await client.query<{
    portal_id: string;
    case_id: string;
    state: CaseState;
    opened: CaseOpenedData;
    verdict_at: Date | null;
    recorded_at: Date;
    closed_at: Date | null;
    version: number;
    last_position: number;
  }>({
    name: `${schema}-load-cases`,
    text: `SELECT row.portal_id, row.case_id, row.state, row.opened, row.verdict_at, row.recorded_at, row.closed_at,
                  row.version, row.last_position
             FROM unnest($2::uuid[], $3::uuid[]) AS wanted (portal_id, case_id)
             JOIN ${schema}.violation_case row
               ON row.bucket = $1 AND row.portal_id = wanted.portal_id AND row.case_id = wanted.case_id`,
    values: [
      bucket,
      uuidArray([...wanted.values()].map(({ portalId }) => portalId)),
      uuidArray([...wanted.values()].map(({ streamId }) => caseOf(streamId) ?? '')),
    ],
  });
  return new Map(
    rows.map((row) => [
      `${row.portal_id} case:${row.case_id}`,
      {
        portalId: row.portal_id,
        caseId: row.case_id,
        state: row.state,
        opened: row.opened,
        verdictAt: row.verdict_at?.toISOString() ?? null,
        recordedAt: row.recorded_at.toISOString(),
        closedAt: row.closed_at?.toISOString() ?? null,
        version: row.version,
        position: row.last_position,
      },
    ]),
  );
}

const isOver = (state: CaseState): boolean => state.status === 'closed' || state.status === 'void';

function fold(rows: Map<string, CaseRow>, event: StoredEvent): void {
  const key = `${event.portalId} ${event.streamId}`;
  const before = rows.get(key);
  if (before && before.version >= event.version) return;
  const happened = { type: event.type, data: event.data } as unknown as CaseEvent;
  const state = evolveCase(before?.state ?? null, happened);
  if (!state) return;
  const isVerdict = happened.type === 'VerdictGiven' || happened.type === 'DisputeDecided';
  const wasOver = before ? isOver(before.state) : false;
  rows.set(key, {
    portalId: event.portalId,
    caseId: state.caseId,
    state,
    opened: before?.opened ?? (event.data as unknown as CaseOpenedData),
    verdictAt: isVerdict ? event.occurredAt : state.verdict === null ? null : (before?.verdictAt ?? null),
    recordedAt: before?.recordedAt ?? event.recordedAt,
    closedAt: !isOver(state) ? null : wasOver ? (before?.closedAt ?? null) : event.recordedAt,
    version: event.version,
    position: event.position,
  });
}

async function saveCases(client: PoolClient, { schema, bucket }: Place, unsorted: CaseRow[]): Promise<void> {
  const rows = unsorted.sort((left, right) => (left.caseId < right.caseId ? -1 : 1));
  const date = (text: string | null | undefined): Date | null => (text ? new Date(text) : null);
  const columns: Record<string, [type: string, values: Buffer]> = {
    portal_id: ['uuid', uuidArray(rows.map(({ portalId }) => portalId))],
    case_id: ['uuid', uuidArray(rows.map(({ caseId }) => caseId))],
    rule_id: ['text', textArray(rows.map(({ opened }) => opened.ruleId))],
    rule_version: ['int', int4Array(rows.map(({ opened }) => opened.ruleVersion))],
    severity: ['text', textArray(rows.map(({ opened }) => opened.severity))],
    mode: ['text', textArray(rows.map(({ state }) => state.mode))],
    status: ['text', textArray(rows.map(({ state }) => state.status))],
    verdict: ['text', textArray(rows.map(({ state }) => state.verdict?.verdict ?? null))],
    verdict_by: ['text', textArray(rows.map(({ state }) => state.verdict?.by ?? null))],
    verdict_at: ['timestamptz', timestamptzArray(rows.map(({ verdictAt }) => date(verdictAt)))],
    review_state: ['text', textArray(rows.map(({ state }) => state.secondReview?.state ?? null))],
    subject: ['text', textArray(rows.map(({ opened }) => opened.subject))],
    about: ['text', textArray(rows.map(({ opened }) => opened.about))],
    responsible: ['text', textArray(rows.map(({ state }) => state.people.responsible))],
    owner_id: ['text', textArray(rows.map(({ state }) => state.people.owner))],
    assignee: ['text', textArray(rows.map(({ state }) => state.assignee))],
    started_at: ['timestamptz', timestamptzArray(rows.map(({ opened }) => date(opened.startAt)))],
    opens_at: ['timestamptz', timestamptzArray(rows.map(({ opened }) => date(opened.opensAt)))],
    due_at: ['timestamptz', timestamptzArray(rows.map(({ opened }) => date(opened.dueAt)))],
    resolved_at: ['timestamptz', timestamptzArray(rows.map(({ state }) => date(lastResolution(state))))],
    recorded_at: ['timestamptz', timestamptzArray(rows.map(({ recordedAt }) => date(recordedAt)))],
    closed_at: ['timestamptz', timestamptzArray(rows.map(({ closedAt }) => date(closedAt)))],
    snoozed_until: [
      'timestamptz',
      timestamptzArray(
        rows.map(({ state }) => (state.snooze?.until.kind === 'time' ? date(state.snooze.until.at) : null)),
      ),
    ],
    is_snoozed: ['bool', boolArray(rows.map(({ state }) => state.snooze !== null))],
    is_inhibited: ['bool', boolArray(rows.map(({ state }) => state.inhibitedBy.length > 0))],
    regressed_from: ['uuid', uuidArray(rows.map(({ opened }) => opened.regressedFrom))],
    item_count: ['int', int4Array(rows.map(({ state }) => Math.max(1, state.items.length)))],
    opened: ['json', jsonArray(rows.map(({ opened }) => JSON.stringify(opened)))],
    state: ['json', jsonArray(rows.map(({ state }) => JSON.stringify(state)))],
    version: ['int', int4Array(rows.map(({ version }) => version))],
    last_position: ['bigint', int8Array(rows.map(({ position }) => position))],
  };
  const names = Object.keys(columns);
  await client.query({
    name: `${schema}-save-violation-cases`,
    text: `INSERT INTO ${schema}.violation_case (bucket, ${names.join(', ')})
           SELECT $1, * FROM unnest(${names.map((name, index) => `$${index + 2}::${columns[name]?.[0]}[]`).join(', ')})
           ON CONFLICT (bucket, portal_id, case_id) DO UPDATE SET
             ${names.map((name) => `${name} = excluded.${name}`).join(', ')}`,
    values: [bucket, ...Object.values(columns).map(([, values]) => values)],
  });
}

/** When the last episode resolved; null while one lasts. */
function lastResolution({ episodes }: CaseState): string | null {
  const resolved = episodes.map(({ resolvedAt, voidReason }) => (voidReason === null ? resolvedAt : ''));
  if (resolved.includes(null)) return null;
  return (
    resolved
      .filter((at) => at !== '')
      .sort()
      .at(-1) ?? null
  );
}

async function saveEntries(
  client: PoolClient,
  { schema, bucket }: Place,
  events: readonly StoredEvent[],
): Promise<void> {
  await client.query({
    name: `${schema}-save-case-entries`,
    text: `INSERT INTO ${schema}.case_entry
             (bucket, portal_id, case_id, version, type, occurred_at, recorded_at, event_id, data)
           SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::timestamptz[], $7::timestamptz[],
                                    $8::uuid[], $9::json[])
           ON CONFLICT DO NOTHING`,
    values: [
      bucket,
      uuidArray(events.map(({ portalId }) => portalId)),
      uuidArray(events.map(({ streamId }) => caseOf(streamId) ?? '')),
      int4Array(events.map(({ version }) => version)),
      textArray(events.map(({ type }) => type)),
      timestamptzArray(events.map(({ occurredAt }) => new Date(occurredAt))),
      timestamptzArray(events.map(({ recordedAt }) => new Date(recordedAt))),
      uuidArray(events.map(({ eventId }) => eventId)),
      jsonArray(events.map(({ data }) => JSON.stringify(data))),
    ],
  });
}
