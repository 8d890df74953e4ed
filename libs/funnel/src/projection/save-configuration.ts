import { boolArray, int4Array, int8Array, textArray, timestamptzArray, uuidArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { BatchState } from './batch-state.js';
import { upsert, wordArray } from './upsert.js';

/** Pipelines, stages, their changes and meanings, and dictionaries. */
export async function saveConfiguration(client: PoolClient, state: BatchState): Promise<void> {
  const touched = [...state.configurations.values()].filter((configuration) => configuration.isTouched);
  const pipelines = touched.flatMap(({ portalId, kind, lastPosition, pipelines }) =>
    [...pipelines.values()].map((pipeline) => ({ portalId, kind, lastPosition, ...pipeline })),
  );
  await upsert(client, state, 'pipeline', ['portal_id', 'pipeline_id'], {
    portal_id: uuidArray(pipelines.map((row) => row.portalId)),
    pipeline_id: textArray(pipelines.map((row) => row.pipelineId)),
    kind: textArray(pipelines.map((row) => row.kind)),
    name: wordArray(pipelines.map((row) => row.name)),
    sort: int4Array(pipelines.map((row) => row.sort)),
    is_default: boolArray(pipelines.map((row) => row.isDefault)),
    is_removed: boolArray(pipelines.map((row) => row.isRemoved)),
    last_position: int8Array(pipelines.map((row) => row.lastPosition)),
  });
  const stages = pipelines.flatMap(({ portalId, pipelineId, stages }) =>
    [...stages.values()].map((stage) => ({ portalId, pipelineId, ...stage })),
  );
  await upsert(client, state, 'pipeline_stage', ['portal_id', 'pipeline_id', 'stage_id'], {
    portal_id: uuidArray(stages.map((row) => row.portalId)),
    pipeline_id: textArray(stages.map((row) => row.pipelineId)),
    stage_id: textArray(stages.map((row) => row.stageId)),
    name: wordArray(stages.map((row) => row.name)),
    sort: int4Array(stages.map((row) => row.sort)),
    place: int4Array(stages.map((row) => row.place)),
    semantics: textArray(stages.map((row) => row.semantics)),
    color: wordArray(stages.map((row) => row.color)),
    is_removed: boolArray(stages.map((row) => row.isRemoved)),
  });
  await upsert(client, state, 'configuration_change', ['portal_id', 'position', 'ordinal'], {
    portal_id: uuidArray(state.changes.map((row) => row.portalId)),
    position: int8Array(state.changes.map((row) => row.position)),
    ordinal: int4Array(state.changes.map((row) => row.ordinal)),
    occurred_at: timestamptzArray(state.changes.map((row) => row.occurredAt)),
    pipeline_id: textArray(state.changes.map((row) => row.pipelineId)),
    stage_id: textArray(state.changes.map((row) => row.stageId)),
    change: textArray(state.changes.map((row) => row.change)),
    before: wordArray(state.changes.map((row) => row.before)),
    after: wordArray(state.changes.map((row) => row.after)),
  });
  const meanings = [...state.meanings.values()];
  await upsert(client, state, 'stage_meaning', ['portal_id', 'pipeline_id', 'stage_id', 'valid_from'], {
    portal_id: uuidArray(meanings.map((row) => row.portalId)),
    pipeline_id: textArray(meanings.map((row) => row.pipelineId)),
    stage_id: textArray(meanings.map((row) => row.stageId)),
    valid_from: timestamptzArray(meanings.map((row) => row.validFrom)),
    meaning: wordArray(meanings.map((row) => row.meaning)),
    last_position: int8Array(meanings.map((row) => row.position)),
  });
  const entries = [...state.dictionaries.values()];
  await upsert(client, state, 'dictionary_entry', ['portal_id', 'dictionary', 'entry_id'], {
    portal_id: uuidArray(entries.map((row) => row.portalId)),
    dictionary: textArray(entries.map((row) => row.dictionary)),
    entry_id: textArray(entries.map((row) => row.entryId)),
    name: wordArray(entries.map((row) => row.name)),
    sort: int4Array(entries.map((row) => row.sort)),
    is_removed: boolArray(entries.map((row) => row.isRemoved)),
    last_position: int8Array(entries.map((row) => row.position)),
  });
}
