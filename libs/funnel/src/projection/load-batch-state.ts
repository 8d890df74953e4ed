import {
  entityOf,
  type EntityKind,
  parseFactType,
  type PipelineObjectKind,
  type StageSemantics,
} from '@funnelwatch/capture-contracts';
import { recordsErasedBy, SUBJECT_ERASED } from '@funnelwatch/event-log';
import type { Provenance, StoredEvent } from '@funnelwatch/kernel';
import { textArray, uuidArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { SealedTitle } from '../answers.js';
import { changesTitle } from '../domain/sealed-title.js';
import { type BatchState, keyOf, type ObjectState, type PersonState, type RecordState } from './batch-state.js';
import { isPipelineObject } from './fold-object.js';

interface RecordKey {
  portalId: string;
  kind: EntityKind;
  objectId: string;
}

/** What the batch concerns, each once. */
class Touched {
  readonly objects = new Map<string, RecordKey>();
  readonly moved = new Map<string, RecordKey>();
  readonly records = new Map<string, RecordKey>();
  readonly titles = new Map<string, RecordKey>();
  readonly persons = new Map<string, RecordKey>();
  readonly configurations = new Map<string, { portalId: string; kind: string }>();
  readonly dictionaries = new Map<string, { portalId: string; name: string }>();

  constructor(events: readonly StoredEvent[]) {
    for (const event of events) if ((event.data as unknown) !== null) this.add(event);
  }

  private add(event: StoredEvent): void {
    const { portalId, data } = event;
    if (event.type === 'PipelinesConfigured') {
      const kind = data['kind'] as string;
      this.configurations.set(keyOf(portalId, kind, ''), { portalId, kind });
    } else if (event.type === 'DictionaryConfigured') {
      const name = data['name'] as string;
      this.dictionaries.set(keyOf(portalId, name, ''), { portalId, name });
    }
    if (event.type === SUBJECT_ERASED) this.addErased(portalId, recordsErasedBy(data));
    const fact = parseFactType(event.type);
    const entity = entityOf(event.streamId);
    if (!fact || !entity || fact.verb === 'MatchesFound') return;
    const { kind } = fact;
    const record = { portalId, kind, objectId: entity.id };
    const key = keyOf(portalId, kind, entity.id);
    (isPipelineObject(kind) ? this.objects : this.records).set(key, record);
    if (fact.verb.startsWith('StageMove')) this.moved.set(key, record);
    if (kind === 'user') this.persons.set(key, record);
    if (fact.verb === 'Changed' && changesTitle(kind, data['sealedChanged'] as string[])) this.titles.set(key, record);
  }

  private addErased(portalId: string, streams: readonly string[]): void {
    for (const streamId of streams) {
      const entity = entityOf(streamId);
      if (!entity) continue;
      const key = keyOf(portalId, entity.kind, entity.id);
      const record = { portalId, kind: entity.kind, objectId: entity.id };
      this.titles.set(key, record);
      if (entity.kind === 'user') this.persons.set(key, record);
    }
  }
}

/** Reads what the read models hold of everything that the batch concerns; one statement a table. */
export async function loadBatchState(
  client: PoolClient,
  batch: { schema: string; bucket: number; events: readonly StoredEvent[] },
): Promise<BatchState> {
  const { schema, bucket } = batch;
  const touched = new Touched(batch.events);
  const state: BatchState = {
    schema,
    bucket,
    objects: new Map(),
    records: new Map(),
    titles: new Map(),
    persons: new Map(),
    configurations: new Map(),
    changes: [],
    meanings: new Map(),
    dictionaries: new Map(),
    progress: new Map(),
  };
  await loadObjects(client, state, touched.objects);
  const known = new Map([...touched.moved].filter(([key]) => state.objects.has(key)));
  await loadMoves(client, state, known);
  await loadRecords(client, state, touched.records);
  await loadTitles(client, state, touched.titles);
  await loadPersons(client, state, touched.persons);
  await loadConfigurations(client, state, [...touched.configurations.values()]);
  await loadDictionaries(client, state, [...touched.dictionaries.values()]);
  return state;
}

const fromKeys = (schema: string, table: string, idColumn = 'object_id') => `
  FROM unnest($2::uuid[], $3::text[], $4::text[]) AS wanted (portal_id, kind, id)
  JOIN ${schema}.${table} row ON row.bucket = $1 AND row.portal_id = wanted.portal_id
   AND row.kind = wanted.kind AND row.${idColumn} = wanted.id`;

const keyParameters = (bucket: number, keys: ReadonlyMap<string, RecordKey>) => {
  const wanted = [...keys.values()];
  return [
    bucket,
    uuidArray(wanted.map((key) => key.portalId)),
    textArray(wanted.map((key) => key.kind)),
    textArray(wanted.map((key) => key.objectId)),
  ];
};

const isoOf = (time: Date | null): string | null => time?.toISOString() ?? null;

interface ObjectRow {
  portal_id: string;
  kind: PipelineObjectKind;
  object_id: string;
  state: ObjectState['state'];
  merged_into: string | null;
  gone_at: Date | null;
  owner_id: string | null;
  amount_kopecks: string | null;
  currency: string | null;
  version_from: Date | null;
  created_at: Date | null;
  modified_at: Date | null;
  contact_id: string | null;
  company_id: string | null;
  lead_id: string | null;
  pipeline_id: string | null;
  stage_id: string | null;
  visit_count: number;
  last_position: number;
}

async function loadObjects(client: PoolClient, state: BatchState, keys: ReadonlyMap<string, RecordKey>): Promise<void> {
  if (keys.size === 0) return;
  const { rows } = await client.query<ObjectRow>({
    name: `${state.schema}-load-objects`,
    text: `SELECT row.portal_id, row.kind, row.object_id, row.state, row.merged_into, row.gone_at, row.owner_id,
                  row.amount_kopecks::text AS amount_kopecks, row.currency, row.version_from, row.created_at,
                  row.modified_at, row.contact_id, row.company_id, row.lead_id, row.pipeline_id, row.stage_id,
                  row.visit_count, row.last_position ${fromKeys(state.schema, 'funnel_object')}`,
    values: keyParameters(state.bucket, keys),
  });
  for (const row of rows) {
    state.objects.set(keyOf(row.portal_id, row.kind, row.object_id), {
      portalId: row.portal_id,
      kind: row.kind,
      objectId: row.object_id,
      state: row.state,
      mergedInto: row.merged_into,
      goneAt: isoOf(row.gone_at),
      ownerId: row.owner_id,
      amountKopecks: row.amount_kopecks,
      currency: row.currency,
      versionFromMs: row.version_from?.getTime() ?? null,
      createdAt: isoOf(row.created_at),
      modifiedAt: isoOf(row.modified_at),
      contactId: row.contact_id,
      companyId: row.company_id,
      leadId: row.lead_id,
      pipelineId: row.pipeline_id,
      stageId: row.stage_id,
      visitCount: row.visit_count,
      lastPosition: row.last_position,
      moves: new Map(),
      touchedMoves: new Set(),
      newVersions: new Map(),
    });
  }
}

interface MoveRow {
  portal_id: string;
  kind: PipelineObjectKind;
  object_id: string;
  move_id: string;
  occurred_at: Date;
  move_order: number;
  pipeline_id: string;
  stage_id: string;
  semantics: StageSemantics;
  provenance: Provenance;
  is_withdrawn: boolean;
  event_id: string;
}

async function loadMoves(client: PoolClient, state: BatchState, keys: ReadonlyMap<string, RecordKey>): Promise<void> {
  if (keys.size === 0) return;
  const { rows } = await client.query<MoveRow>({
    name: `${state.schema}-load-moves`,
    text: `SELECT row.portal_id, row.kind, row.object_id, row.move_id, row.occurred_at, row.move_order, row.pipeline_id,
                  row.stage_id, row.semantics, row.provenance, row.is_withdrawn, row.event_id ${fromKeys(state.schema, 'stage_move')}`,
    values: keyParameters(state.bucket, keys),
  });
  for (const row of rows) {
    state.objects.get(keyOf(row.portal_id, row.kind, row.object_id))?.moves.set(row.move_id, {
      moveId: row.move_id,
      occurredAtMs: row.occurred_at.getTime(),
      order: row.move_order,
      pipelineId: row.pipeline_id,
      stageId: row.stage_id,
      semantics: row.semantics,
      provenance: row.provenance,
      isWithdrawn: row.is_withdrawn,
      eventId: row.event_id,
    });
  }
}

async function loadRecords(client: PoolClient, state: BatchState, keys: ReadonlyMap<string, RecordKey>): Promise<void> {
  if (keys.size === 0) return;
  const { rows } = await client.query<{
    portal_id: string;
    kind: EntityKind;
    object_id: string;
    state: RecordState['state'];
    merged_into: string | null;
    gone_at: Date | null;
    owner_id: string | null;
    created_at: Date | null;
    modified_at: Date | null;
    last_position: number;
  }>({
    name: `${state.schema}-load-records`,
    text: `SELECT row.portal_id, row.kind, row.object_id, row.state, row.merged_into, row.gone_at, row.owner_id,
                  row.created_at, row.modified_at, row.last_position ${fromKeys(state.schema, 'record')}`,
    values: keyParameters(state.bucket, keys),
  });
  for (const row of rows) {
    state.records.set(keyOf(row.portal_id, row.kind, row.object_id), {
      portalId: row.portal_id,
      kind: row.kind,
      objectId: row.object_id,
      state: row.state,
      mergedInto: row.merged_into,
      goneAt: isoOf(row.gone_at),
      ownerId: row.owner_id,
      createdAt: isoOf(row.created_at),
      modifiedAt: isoOf(row.modified_at),
      lastPosition: row.last_position,
    });
  }
}

async function loadTitles(client: PoolClient, state: BatchState, keys: ReadonlyMap<string, RecordKey>): Promise<void> {
  if (keys.size === 0) return;
  const { rows } = await client.query<{ portal_id: string; kind: EntityKind; object_id: string; parts: SealedTitle }>({
    name: `${state.schema}-load-titles`,
    text: `SELECT row.portal_id, row.kind, row.object_id, row.parts ${fromKeys(state.schema, 'record_title')}`,
    values: keyParameters(state.bucket, keys),
  });
  for (const { portal_id: portalId, kind, object_id: objectId, parts } of rows) {
    state.titles.set(keyOf(portalId, kind, objectId), { portalId, kind, objectId, parts, isTouched: false });
  }
}

async function loadPersons(client: PoolClient, state: BatchState, keys: ReadonlyMap<string, RecordKey>): Promise<void> {
  if (keys.size === 0) return;
  const [bucket, portals, , ids] = keyParameters(state.bucket, keys);
  const { rows } = await client.query<PersonState>({
    name: `${state.schema}-load-persons`,
    text: `SELECT row.portal_id AS "portalId", row.user_id AS "userId", row.name, row.second_name AS "secondName",
                  row.last_name AS "lastName", row.is_active AS "isActive", row.department_ids AS "departmentIds",
                  row.last_position AS "lastPosition"
             FROM unnest($2::uuid[], $3::text[]) AS wanted (portal_id, id)
             JOIN ${state.schema}.person row
               ON row.bucket = $1 AND row.portal_id = wanted.portal_id AND row.user_id = wanted.id`,
    values: [bucket, portals, ids],
  });
  for (const row of rows) state.persons.set(keyOf(row.portalId, 'user', row.userId), row);
}

async function loadConfigurations(
  client: PoolClient,
  state: BatchState,
  wanted: { portalId: string; kind: string }[],
): Promise<void> {
  for (const { portalId, kind } of wanted) {
    const pipelines = await client.query<{
      pipeline_id: string;
      name: string;
      sort: number;
      is_default: boolean;
      is_removed: boolean;
      last_position: number;
    }>(
      `SELECT pipeline_id, name, sort, is_default, is_removed, last_position
         FROM ${state.schema}.pipeline WHERE bucket = $1 AND portal_id = $2 AND kind = $3`,
      [state.bucket, portalId, kind],
    );
    if (pipelines.rows.length === 0) continue;
    const stages = await client.query<{
      pipeline_id: string;
      stage_id: string;
      name: string;
      sort: number;
      place: number;
      semantics: StageSemantics;
      color: string | null;
      is_removed: boolean;
    }>(
      `SELECT stage.pipeline_id, stage_id, stage.name, stage.sort, place, semantics, color, stage.is_removed
         FROM ${state.schema}.pipeline_stage stage JOIN ${state.schema}.pipeline USING (bucket, portal_id, pipeline_id)
        WHERE stage.bucket = $1 AND stage.portal_id = $2 AND pipeline.kind = $3 ORDER BY place`,
      [state.bucket, portalId, kind],
    );
    state.configurations.set(keyOf(portalId, kind, 'pipelines'), {
      portalId,
      kind: kind as PipelineObjectKind,
      pipelines: new Map(
        pipelines.rows.map((row) => [
          row.pipeline_id,
          {
            pipelineId: row.pipeline_id,
            name: row.name,
            sort: row.sort,
            isDefault: row.is_default,
            isRemoved: row.is_removed,
            stages: new Map(
              stages.rows
                .filter((stage) => stage.pipeline_id === row.pipeline_id)
                .map(({ stage_id: stageId, name, sort, place, semantics, color, is_removed: isRemoved }) => [
                  stageId,
                  { stageId, name, sort, place, semantics, color, isRemoved },
                ]),
            ),
          },
        ]),
      ),
      lastPosition: Math.max(...pipelines.rows.map((row) => row.last_position)),
      isTouched: false,
    });
  }
}

async function loadDictionaries(
  client: PoolClient,
  state: BatchState,
  wanted: { portalId: string; name: string }[],
): Promise<void> {
  for (const { portalId, name: dictionary } of wanted) {
    const { rows } = await client.query<{
      entry_id: string;
      name: string;
      sort: number;
      is_removed: boolean;
      last_position: number;
    }>(
      `SELECT entry_id, name, sort, is_removed, last_position FROM ${state.schema}.dictionary_entry
        WHERE bucket = $1 AND portal_id = $2 AND dictionary = $3`,
      [state.bucket, portalId, dictionary],
    );
    for (const { entry_id: entryId, name, sort, is_removed: isRemoved, last_position: position } of rows) {
      const row = { portalId, dictionary, entryId, name, sort, isRemoved, position };
      state.dictionaries.set([portalId, dictionary, entryId].join('|'), row);
    }
  }
}
