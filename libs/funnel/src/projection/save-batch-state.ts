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
import type { BatchState, ObjectState } from './batch-state.js';
import { deriveVisits } from './fold-object.js';
import { saveConfiguration } from './save-configuration.js';
import { upsert, wordArray } from './upsert.js';

/** Where rows go. */
type Place = Pick<BatchState, 'schema' | 'bucket'>;

/** Writes what the batch changed: one statement a table. Rows are in key order, so that batches never deadlock. */
export async function saveBatchState(client: PoolClient, state: BatchState): Promise<void> {
  const objects = [...state.objects.values()];
  await saveMovesAndVisits(client, state, objects);
  await saveObjects(client, state, objects);
  await saveVersions(client, state, objects);
  await saveRecords(client, state);
  await saveTitles(client, state);
  await savePersons(client, state);
  await saveConfiguration(client, state);
  await saveProgress(client, state);
}

const recordKey = (rows: readonly { portalId: string; kind: string; objectId: string }[]) => ({
  portal_id: uuidArray(rows.map((row) => row.portalId)),
  kind: textArray(rows.map((row) => row.kind)),
  object_id: textArray(rows.map((row) => row.objectId)),
});

async function saveMovesAndVisits(client: PoolClient, place: Place, objects: ObjectState[]): Promise<void> {
  const moved = objects.filter((object) => object.touchedMoves.size > 0);
  if (moved.length === 0) return;
  const moves = moved.flatMap((object) =>
    [...object.touchedMoves].map((moveId) => ({ ...object, ...object.moves.get(moveId)! })),
  );
  await upsert(client, place, 'stage_move', ['portal_id', 'kind', 'object_id', 'move_id'], {
    ...recordKey(moves),
    move_id: textArray(moves.map((move) => move.moveId)),
    occurred_at: timestamptzArray(moves.map((move) => new Date(move.occurredAtMs))),
    move_order: int8Array(moves.map((move) => move.order)),
    pipeline_id: textArray(moves.map((move) => move.pipelineId)),
    stage_id: textArray(moves.map((move) => move.stageId)),
    semantics: textArray(moves.map((move) => move.semantics)),
    provenance: textArray(moves.map((move) => move.provenance)),
    is_withdrawn: boolArray(moves.map((move) => move.isWithdrawn)),
    event_id: uuidArray(moves.map((move) => move.eventId)),
  });
  await saveVisits(client, place, moved);
  await saveSeenStages(client, place, moves);
}

/** Stages are few: each is written once a batch, and only when it is new. */
async function saveSeenStages(
  client: PoolClient,
  place: Place,
  moves: { portalId: string; pipelineId: string; stageId: string; semantics: string }[],
): Promise<void> {
  const stages = [...new Map(moves.map((row) => [`${row.portalId}|${row.pipelineId}|${row.stageId}`, row])).values()];
  await client.query({
    name: `${place.schema}-save-seen-stages`,
    text: `INSERT INTO ${place.schema}.seen_stage (bucket, portal_id, pipeline_id, stage_id, semantics)
           SELECT $1, portal_id, pipeline_id, stage_id, semantics::"char"
             FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) AS seen (portal_id, pipeline_id, stage_id, semantics)
           ON CONFLICT DO NOTHING`,
    values: [
      place.bucket,
      uuidArray(stages.map((row) => row.portalId)),
      textArray(stages.map((row) => row.pipelineId)),
      textArray(stages.map((row) => row.stageId)),
      textArray(stages.map((row) => row.semantics)),
    ],
  });
}

async function saveVisits(client: PoolClient, place: Place, moved: ObjectState[]): Promise<void> {
  const shrunk: { object: ObjectState; count: number }[] = [];
  const visits = moved.flatMap((object) => {
    const derived = deriveVisits(object);
    if (derived.length < object.visitCount) shrunk.push({ object, count: derived.length });
    object.visitCount = derived.length;
    const { portalId, kind, objectId } = object;
    return derived.map((visit) => ({ portalId, kind, objectId, ...visit }));
  });
  if (shrunk.length > 0) {
    await client.query(
      `DELETE FROM ${place.schema}.stage_visit visit
        USING unnest($2::uuid[], $3::text[], $4::text[], $5::int[]) AS shrunk (portal_id, kind, object_id, visit_count)
        WHERE visit.bucket = $1 AND visit.portal_id = shrunk.portal_id AND visit.kind = shrunk.kind
          AND visit.object_id = shrunk.object_id AND visit.sequence >= shrunk.visit_count`,
      [
        place.bucket,
        ...Object.values(recordKey(shrunk.map(({ object }) => object))),
        int4Array(shrunk.map(({ count }) => count)),
      ],
    );
  }
  await upsert(client, place, 'stage_visit', ['portal_id', 'kind', 'object_id', 'sequence'], {
    ...recordKey(visits),
    sequence: int4Array(visits.map((visit) => visit.sequence)),
    pipeline_id: textArray(visits.map((visit) => visit.move.pipelineId)),
    stage_id: textArray(visits.map((visit) => visit.move.stageId)),
    semantics: textArray(visits.map((visit) => visit.move.semantics)),
    entered_at: timestamptzArray(visits.map((visit) => new Date(visit.move.occurredAtMs))),
    left_at: timestamptzArray(visits.map((visit) => (visit.leftAtMs === null ? null : new Date(visit.leftAtMs)))),
    previous_pipeline_id: textArray(visits.map((visit) => visit.previous?.pipelineId ?? null)),
    previous_stage_id: textArray(visits.map((visit) => visit.previous?.stageId ?? null)),
    next_pipeline_id: textArray(visits.map((visit) => visit.next?.pipelineId ?? null)),
    next_stage_id: textArray(visits.map((visit) => visit.next?.stageId ?? null)),
    is_first_entry: boolArray(visits.map((visit) => visit.isFirstEntry)),
    is_first_in_pipeline: boolArray(visits.map((visit) => visit.isFirstInPipeline)),
    provenance: textArray(visits.map((visit) => visit.move.provenance)),
    event_id: uuidArray(visits.map((visit) => visit.move.eventId)),
  });
}

async function saveObjects(client: PoolClient, place: Place, objects: ObjectState[]): Promise<void> {
  const texts = (read: (object: ObjectState) => string | null) => textArray(objects.map(read));
  const times = (read: (object: ObjectState) => string | null) => timestamptzArray(objects.map(read));
  await upsert(client, place, 'funnel_object', ['portal_id', 'kind', 'object_id'], {
    ...recordKey(objects),
    state: texts((object) => object.state),
    merged_into: texts((object) => object.mergedInto),
    gone_at: times((object) => object.goneAt),
    owner_id: texts((object) => object.ownerId),
    amount_kopecks: int8Array(
      objects.map(({ amountKopecks }) => (amountKopecks === null ? null : BigInt(amountKopecks))),
    ),
    currency: texts((object) => object.currency),
    version_from: timestamptzArray(
      objects.map(({ versionFromMs }) => (versionFromMs === null ? null : new Date(versionFromMs))),
    ),
    created_at: times((object) => object.createdAt),
    modified_at: times((object) => object.modifiedAt),
    contact_id: texts((object) => object.contactId),
    company_id: texts((object) => object.companyId),
    lead_id: texts((object) => object.leadId),
    pipeline_id: texts((object) => object.pipelineId),
    stage_id: texts((object) => object.stageId),
    visit_count: int4Array(objects.map((object) => object.visitCount)),
    last_position: int8Array(objects.map((object) => object.lastPosition)),
  });
}

async function saveVersions(client: PoolClient, place: Place, objects: ObjectState[]): Promise<void> {
  const versions = objects.flatMap(({ portalId, kind, objectId, newVersions }) =>
    [...newVersions].map(([validFromMs, version]) => ({ portalId, kind, objectId, validFromMs, ...version })),
  );
  await upsert(client, place, 'object_version', ['portal_id', 'kind', 'object_id', 'valid_from'], {
    ...recordKey(versions),
    valid_from: timestamptzArray(versions.map((version) => new Date(version.validFromMs))),
    owner_id: textArray(versions.map((version) => version.ownerId)),
    amount_kopecks: int8Array(
      versions.map(({ amountKopecks }) => (amountKopecks === null ? null : BigInt(amountKopecks))),
    ),
    currency: textArray(versions.map((version) => version.currency)),
  });
}

async function saveRecords(client: PoolClient, state: BatchState): Promise<void> {
  const records = [...state.records.values()];
  await upsert(client, state, 'record', ['portal_id', 'kind', 'object_id'], {
    ...recordKey(records),
    state: textArray(records.map((record) => record.state)),
    merged_into: textArray(records.map((record) => record.mergedInto)),
    gone_at: timestamptzArray(records.map((record) => record.goneAt)),
    owner_id: textArray(records.map((record) => record.ownerId)),
    created_at: timestamptzArray(records.map((record) => record.createdAt)),
    modified_at: timestamptzArray(records.map((record) => record.modifiedAt)),
    last_position: int8Array(records.map((record) => record.lastPosition)),
  });
}

async function saveTitles(client: PoolClient, state: BatchState): Promise<void> {
  const touched = [...state.titles.values()].filter((title) => title.isTouched);
  await deleteTitles(
    client,
    state,
    touched.filter((title) => title.isErased),
  );
  const titles = touched.filter((title) => !title.isErased);
  await upsert(client, state, 'record_title', ['portal_id', 'kind', 'object_id'], {
    ...recordKey(titles),
    parts: jsonArray(titles.map((title) => JSON.stringify(title.parts))),
  });
}

async function deleteTitles(
  client: PoolClient,
  { schema, bucket }: Place,
  titles: readonly { portalId: string; kind: string; objectId: string }[],
): Promise<void> {
  if (titles.length === 0) return;
  await client.query(
    `DELETE FROM ${schema}.record_title title
      USING unnest($2::uuid[], $3::text[], $4::text[]) AS gone (portal_id, kind, object_id)
      WHERE title.bucket = $1 AND title.portal_id = gone.portal_id AND title.kind = gone.kind
        AND title.object_id = gone.object_id`,
    [bucket, ...Object.values(recordKey(titles))],
  );
}

async function savePersons(client: PoolClient, state: BatchState): Promise<void> {
  const persons = [...state.persons.values()];
  await upsert(
    client,
    state,
    'person',
    ['portal_id', 'user_id'],
    {
      portal_id: uuidArray(persons.map((person) => person.portalId)),
      user_id: textArray(persons.map((person) => person.userId)),
      name: wordArray(persons.map((person) => person.name)),
      second_name: wordArray(persons.map((person) => person.secondName)),
      last_name: wordArray(persons.map((person) => person.lastName)),
      is_active: boolArray(persons.map((person) => person.isActive)),
      // An array column cannot be unnested from an array of arrays of unequal length: it travels as JSON.
      department_ids: textArray(persons.map((person) => JSON.stringify(person.departmentIds))),
      last_position: int8Array(persons.map((person) => person.lastPosition)),
    },
    { department_ids: 'ARRAY(SELECT json_array_elements_text(department_ids::json))' },
  );
}

async function saveProgress(client: PoolClient, state: BatchState): Promise<void> {
  const rows = [...state.progress.values()];
  await client.query(
    `INSERT INTO ${state.schema}.funnel_progress AS known (bucket, portal_id, last_position, last_move_at)
     SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::timestamptz[])
     ON CONFLICT (bucket, portal_id) DO UPDATE
        SET last_position = greatest(known.last_position, excluded.last_position),
            last_move_at = greatest(known.last_move_at, excluded.last_move_at)`,
    [
      state.bucket,
      uuidArray(rows.map((row) => row.portalId)),
      int8Array(rows.map((row) => row.lastPosition)),
      timestamptzArray(rows.map(({ lastMoveAtMs }) => (lastMoveAtMs === null ? null : new Date(lastMoveAtMs)))),
    ],
  );
}
