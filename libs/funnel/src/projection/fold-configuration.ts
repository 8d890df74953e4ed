import type {
  DictionaryConfiguredData,
  PipelineConfiguration,
  PipelinesConfiguredData,
} from '@funnelwatch/capture-contracts';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { Annotation } from '../answers.js';
import { type BatchState, type ConfigurationState, keyOf, type PipelineState } from './batch-state.js';

interface Change {
  pipelineId: string;
  stageId: string | null;
  change: Annotation['change'];
  before: string | null;
  after: string | null;
}

/**
 * Takes over a whole configuration of one kind. What it no longer names stays, marked as removed, with its last place;
 * what changed since the configuration before becomes annotations. The first configuration is no change.
 */
export function foldPipelines(state: BatchState, event: StoredEvent, data: PipelinesConfiguredData): void {
  const key = keyOf(event.portalId, data.kind, 'pipelines');
  const known: ConfigurationState = state.configurations.get(key) ?? {
    portalId: event.portalId,
    kind: data.kind,
    pipelines: new Map(),
    lastPosition: 0,
    isTouched: false,
  };
  if (event.position <= known.lastPosition) return;
  const isFirst = known.pipelines.size === 0;
  const changes: Change[] = [];
  const named = new Set(data.pipelines.map(({ pipelineId }) => pipelineId as string));
  for (const pipeline of known.pipelines.values()) {
    if (named.has(pipeline.pipelineId) || pipeline.isRemoved) continue;
    pipeline.isRemoved = true;
    changes.push(about(pipeline.pipelineId, 'pipeline-removed', pipeline.name, null));
  }
  for (const configured of data.pipelines) changes.push(...takeOver(known, configured));
  known.lastPosition = event.position;
  known.isTouched = true;
  state.configurations.set(key, known);
  if (isFirst) return;
  const { portalId, position, occurredAt } = event;
  state.changes.push(...changes.map((change, ordinal) => ({ ...change, portalId, position, occurredAt, ordinal })));
}

const about = (pipelineId: string, change: Annotation['change'], before: string | null, after: string | null) => ({
  pipelineId,
  stageId: null,
  change,
  before,
  after,
});

function takeOver(known: ConfigurationState, configured: PipelineConfiguration): Change[] {
  const { pipelineId, name, sort, isDefault } = configured;
  const before = known.pipelines.get(pipelineId);
  const after: PipelineState = { pipelineId, name, sort, isDefault, isRemoved: false, stages: new Map(before?.stages) };
  const changes: Change[] = [];
  if (!before || before.isRemoved) changes.push(about(pipelineId, 'pipeline-added', null, name));
  else if (before.name !== name) changes.push(about(pipelineId, 'pipeline-renamed', before.name, name));
  const stageChanges = takeOverStages(after, configured);
  // The stages of a new pipeline are no change of their own.
  if (before) changes.push(...stageChanges);
  known.pipelines.set(pipelineId, after);
  return changes;
}

function takeOverStages(pipeline: PipelineState, configured: PipelineConfiguration): Change[] {
  const { pipelineId, stages } = pipeline;
  const changes: Change[] = [];
  const note = (stageId: string | null, change: Annotation['change'], before: string | null, after: string | null) =>
    changes.push({ pipelineId, stageId, change, before, after });
  const orderBefore = presentOrder(pipeline);
  const named = new Set(configured.stages.map(({ stageId }) => stageId));
  for (const stage of stages.values()) {
    if (named.has(stage.stageId) || stage.isRemoved) continue;
    stages.set(stage.stageId, { ...stage, isRemoved: true });
    note(stage.stageId, 'stage-removed', stage.name, null);
  }
  configured.stages.forEach(({ stageId, name, sort, semantics, color }, place) => {
    const before = stages.get(stageId);
    if (!before) note(stageId, 'stage-added', null, name);
    else if (before.isRemoved) note(stageId, 'stage-restored', null, name);
    if (before && before.name !== name) note(stageId, 'stage-renamed', before.name, name);
    if (before && before.semantics !== semantics) note(stageId, 'stage-retyped', before.semantics, semantics);
    stages.set(stageId, { stageId, name, sort, place, semantics, color, isRemoved: false });
  });
  const orderAfter = presentOrder(pipeline);
  const common = (order: string[], other: string[]) => order.filter((stageId) => other.includes(stageId)).join(' ');
  if (common(orderBefore, orderAfter) !== common(orderAfter, orderBefore)) {
    note(null, 'stages-reordered', orderBefore.join(' '), orderAfter.join(' '));
  }
  return changes;
}

const presentOrder = ({ stages }: PipelineState): string[] =>
  [...stages.values()]
    .filter((stage) => !stage.isRemoved)
    .sort((left, right) => left.place - right.place)
    .map((stage) => stage.stageId);

/** Takes over a whole dictionary; entries it no longer names stay, marked as removed. */
export function foldDictionary(state: BatchState, event: StoredEvent, data: DictionaryConfiguredData): void {
  const { portalId, position } = event;
  const known = [...state.dictionaries].filter(([, row]) => row.portalId === portalId && row.dictionary === data.name);
  if (known.some(([, row]) => row.position >= position)) return;
  for (const [key, row] of known) state.dictionaries.set(key, { ...row, isRemoved: true, position });
  for (const { id, name, sort } of data.entries) {
    const row = { portalId, dictionary: data.name, entryId: id, name, sort, isRemoved: false, position };
    state.dictionaries.set([portalId, data.name, id].join('|'), row);
  }
}
