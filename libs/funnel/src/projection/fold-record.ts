import type { AppearedData, ChangedData, EntityKind, FactVerb, MergedData } from '@funnelwatch/capture-contracts';
import type { JsonValue, StoredEvent } from '@funnelwatch/kernel';
import { type BatchState, keyOf, type RecordState } from './batch-state.js';

/** Fields that name the person responsible, by kind of record: the first one present counts. */
const ownerFields = ['ownerId', 'responsibleId'] as const;
const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);

/** Applies one fact about a record outside the pipelines; false when it was applied before. */
export function foldRecord(
  state: BatchState,
  event: StoredEvent,
  kind: EntityKind,
  objectId: string,
  verb: FactVerb,
): boolean {
  const key = keyOf(event.portalId, kind, objectId);
  const record = state.records.get(key) ?? unseen(event.portalId, kind, objectId);
  if (event.position <= record.lastPosition) return false;
  record.lastPosition = event.position;
  state.records.set(key, record);
  if (verb === 'Appeared') appear(record, event, event.data as unknown as AppearedData);
  else if (verb === 'Changed') change(record, event, event.data as unknown as ChangedData);
  else if (verb === 'Deleted' || verb === 'Merged') {
    record.state = verb === 'Deleted' ? 'deleted' : 'merged';
    record.goneAt = event.occurredAt;
    record.mergedInto = verb === 'Merged' ? (event.data as unknown as MergedData).into : null;
  }
  return true;
}

const unseen = (portalId: string, kind: EntityKind, objectId: string): RecordState => ({
  portalId,
  kind,
  objectId,
  state: 'present',
  mergedInto: null,
  goneAt: null,
  ownerId: null,
  createdAt: null,
  modifiedAt: null,
  lastPosition: 0,
});

function appear(record: RecordState, event: StoredEvent, { fields }: AppearedData): void {
  record.state = 'present';
  record.goneAt = null;
  record.mergedInto = null;
  record.ownerId = textOf(ownerFields.map((field) => fields[field]).find((value) => typeof value === 'string'));
  record.createdAt = textOf(fields['createdAt']) ?? event.occurredAt;
  record.modifiedAt = textOf(fields['modifiedAt']);
}

function change(record: RecordState, event: StoredEvent, { changes }: ChangedData): void {
  for (const field of ownerFields) if (changes[field]) record.ownerId = textOf(changes[field].after);
  if (changes['createdAt']) record.createdAt = textOf(changes['createdAt'].after);
  record.modifiedAt = textOf(changes['modifiedAt']?.after) ?? event.occurredAt;
}
