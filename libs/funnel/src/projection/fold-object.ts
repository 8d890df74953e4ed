import {
  type AppearedData,
  type ChangedData,
  type EntityKind,
  type FactVerb,
  type MergedData,
  type PipelineObjectKind,
  pipelineObjectKinds,
  type StageMoveCorrectedData,
  type StageMovedData,
  type StageMoveWithdrawnData,
} from '@funnelwatch/capture-contracts';
import type { JsonValue, StoredEvent } from '@funnelwatch/kernel';
import { visitsOf } from '../domain/stage-visits.js';
import { type BatchState, keyOf, type ObjectState, sinceEverMs } from './batch-state.js';

/** True for kinds that move through a pipeline and so count in figures. */
export const isPipelineObject = (kind: EntityKind): kind is PipelineObjectKind =>
  (pipelineObjectKinds as readonly string[]).includes(kind);

/** Applies one fact about a lead, deal or invoice; false when it was applied before. */
export function foldObject(
  state: BatchState,
  event: StoredEvent,
  kind: PipelineObjectKind,
  objectId: string,
  verb: Exclude<FactVerb, 'MatchesFound'>,
): boolean {
  const key = keyOf(event.portalId, kind, objectId);
  const object = state.objects.get(key) ?? unseen(event.portalId, kind, objectId);
  if (event.position <= object.lastPosition) return false;
  object.lastPosition = event.position;
  state.objects.set(key, object);
  switch (verb) {
    case 'Appeared':
      appear(object, event, event.data as unknown as AppearedData);
      return true;
    case 'Changed':
      change(object, event, event.data as unknown as ChangedData);
      return true;
    case 'Deleted':
      object.state = 'deleted';
      object.goneAt = event.occurredAt;
      return true;
    case 'Merged':
      object.state = 'merged';
      object.goneAt = event.occurredAt;
      object.mergedInto = (event.data as unknown as MergedData).into;
      return true;
    case 'StageMoved':
      move(object, event, event.data as unknown as StageMovedData);
      return true;
    case 'StageMoveCorrected':
      correctMove(object, event, event.data as unknown as StageMoveCorrectedData);
      return true;
    case 'StageMoveWithdrawn':
      withdrawMove(object, event, event.data as unknown as StageMoveWithdrawnData);
      return true;
  }
}

const unseen = (portalId: string, kind: PipelineObjectKind, objectId: string): ObjectState => ({
  portalId,
  kind,
  objectId,
  state: 'expected',
  mergedInto: null,
  goneAt: null,
  ownerId: null,
  amountKopecks: null,
  currency: null,
  versionFromMs: null,
  createdAt: null,
  modifiedAt: null,
  contactId: null,
  companyId: null,
  leadId: null,
  pipelineId: null,
  stageId: null,
  visitCount: 0,
  lastPosition: 0,
  moves: new Map(),
  touchedMoves: new Set(),
  newVersions: new Map(),
});

const plainFields = ['createdAt', 'modifiedAt', 'contactId', 'companyId', 'leadId'] as const;
const versionedFields = ['ownerId', 'amountKopecks', 'currency'] as const;
const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);

function appear(object: ObjectState, event: StoredEvent, { fields }: AppearedData): void {
  object.state = 'present';
  object.goneAt = null;
  object.mergedInto = null;
  for (const field of plainFields) object[field] = textOf(fields[field]);
  const next = versionOf(object);
  for (const field of versionedFields) next[field] = textOf(fields[field]);
  holdVersion(object, next, object.modifiedAt ?? event.occurredAt);
}

function change(object: ObjectState, event: StoredEvent, { changes }: ChangedData): void {
  for (const field of plainFields) if (changes[field]) object[field] = textOf(changes[field].after);
  const next = versionOf(object);
  for (const field of versionedFields) if (changes[field]) next[field] = textOf(changes[field].after);
  holdVersion(object, next, event.occurredAt);
}

type Version = Pick<ObjectState, (typeof versionedFields)[number]>;
const versionOf = ({ ownerId, amountKopecks, currency }: ObjectState): Version => ({
  ownerId,
  amountKopecks,
  currency,
});

/** What is known first holds since ever; later versions never begin before the one they follow. */
function holdVersion(object: ObjectState, next: Version, from: string): void {
  const isFirst = object.versionFromMs === null;
  if (!isFirst && versionedFields.every((field) => object[field] === next[field])) return;
  const fromMs = isFirst ? sinceEverMs : Math.max(Date.parse(from), object.versionFromMs ?? sinceEverMs);
  Object.assign(object, next);
  object.versionFromMs = fromMs;
  object.newVersions.set(fromMs, next);
}

function move(object: ObjectState, event: StoredEvent, data: StageMovedData): void {
  object.moves.set(data.moveId, {
    moveId: data.moveId,
    occurredAtMs: Date.parse(event.occurredAt),
    order: data.order,
    pipelineId: data.pipelineId,
    stageId: data.stageId,
    semantics: data.semantics,
    provenance: event.provenance,
    isWithdrawn: false,
    eventId: event.eventId,
  });
  object.touchedMoves.add(data.moveId);
}

function correctMove(object: ObjectState, event: StoredEvent, data: StageMoveCorrectedData): void {
  const known = object.moves.get(data.moveId);
  if (!known) return;
  object.moves.set(data.moveId, {
    ...known,
    occurredAtMs: Date.parse(data.movedAt),
    order: data.order,
    provenance: event.provenance,
    eventId: event.eventId,
  });
  object.touchedMoves.add(data.moveId);
}

function withdrawMove(object: ObjectState, event: StoredEvent, data: StageMoveWithdrawnData): void {
  const known = object.moves.get(data.moveId);
  if (!known) return;
  object.moves.set(data.moveId, { ...known, isWithdrawn: true, eventId: event.eventId });
  object.touchedMoves.add(data.moveId);
}

/** Visits of an object whose moves changed; sets where it stands now. */
export function deriveVisits(object: ObjectState) {
  const visits = visitsOf([...object.moves.values()]);
  const last = visits.at(-1)?.move;
  object.pipelineId = last?.pipelineId ?? null;
  object.stageId = last?.stageId ?? null;
  return visits;
}
