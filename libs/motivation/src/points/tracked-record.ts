import type {
  AppearedData,
  ChangedData,
  EntityKind,
  StageMoveCorrectedData,
  StageMovedData,
  StageMoveWithdrawnData,
  StageSemantics,
} from '@funnelwatch/capture-contracts';
import { parseFactType } from '@funnelwatch/capture-contracts';
import type { JsonValue, StoredEvent } from '@funnelwatch/kernel';

/** Kinds of records whose facts bring points or pay. */
export const trackedKinds = ['lead', 'deal', 'invoice', 'activity', 'call'] as const satisfies readonly EntityKind[];
type TrackedKind = (typeof trackedKinds)[number];

/** Fields that credits go by. */
const keptFields = [
  ...['ownerId', 'amountKopecks', 'currency', 'dealId'],
  ...['activityType', 'providerId', 'direction', 'ownerKind', 'ownerObjectId', 'responsibleId', 'completed', 'status'],
  ...['userId', 'durationSeconds', 'failedCode', 'crmKind', 'crmObjectId'],
] as const;

export interface KnownMove {
  moveId: string;
  at: string;
  order: number;
  pipelineId: string;
  stageId: string;
  semantics: StageSemantics;
  /** Who moved it; null where nobody knows or no person did. */
  by: string | null;
}

/** A field's values over time, each with the instant from which it holds; ascending. */
export type Values = readonly { at: string; value: JsonValue }[];

/** What is known of one record, as far as credits go by it. */
export interface TrackedRecord {
  kind: TrackedKind;
  id: string;
  /** When the record was made, in the portal. */
  createdAt: string;
  isGone: boolean;
  fields: Readonly<Record<string, Values>>;
  moves: readonly KnownMove[];
  /** Position of the last event it was told by. */
  position: number;
}

const personOf = (actor: string): string | null => (actor.startsWith('user:') ? actor.slice(5) : null);

/** A record after an event about it; the same one where the event changes nothing of interest. Null: none is known yet. */
export function recordAfter(known: TrackedRecord | null, event: StoredEvent): TrackedRecord | null {
  const parsed = parseFactType(event.type);
  if (!parsed || !(trackedKinds as readonly string[]).includes(parsed.kind)) return known;
  if (known && event.position <= known.position) return known;
  const kind = parsed.kind as TrackedKind;
  const id = event.streamId.slice(event.streamId.indexOf(':') + 1);
  const before: TrackedRecord = known ?? {
    ...{ kind, id, createdAt: event.occurredAt, isGone: false, fields: {}, moves: [], position: 0 },
  };
  const after = { ...before, position: event.position };
  switch (parsed.verb) {
    case 'Appeared': {
      const { fields } = event.data as unknown as AppearedData;
      const at = known ? event.occurredAt : (textOf(fields['createdAt']) ?? event.occurredAt);
      return { ...after, isGone: false, createdAt: before.createdAt, fields: withValues(before.fields, fields, at) };
    }
    case 'Changed': {
      const { changes } = event.data as unknown as ChangedData;
      const values = Object.fromEntries(Object.entries(changes).map(([name, change]) => [name, change.after]));
      return { ...after, fields: withValues(before.fields, values, event.occurredAt) };
    }
    case 'StageMoved': {
      const { moveId, order, pipelineId, stageId, semantics } = event.data as unknown as StageMovedData;
      const move = { moveId, at: event.occurredAt, order, pipelineId, stageId, semantics, by: personOf(event.actor) };
      return { ...after, moves: inOrder([...before.moves.filter((one) => one.moveId !== moveId), move]) };
    }
    case 'StageMoveCorrected': {
      const { moveId, movedAt, order } = event.data as unknown as StageMoveCorrectedData;
      const moves = before.moves.map((move) => (move.moveId === moveId ? { ...move, at: movedAt, order } : move));
      return { ...after, moves: inOrder(moves) };
    }
    case 'StageMoveWithdrawn': {
      const { moveId } = event.data as unknown as StageMoveWithdrawnData;
      return { ...after, moves: before.moves.filter((move) => move.moveId !== moveId) };
    }
    case 'Deleted':
    case 'Merged':
      return { ...after, isGone: true };
    default:
      return after;
  }
}

function inOrder(moves: KnownMove[]): KnownMove[] {
  return moves.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : one.order - other.order));
}

/** Values that differ from what held before, each from its instant on. */
function withValues(
  known: TrackedRecord['fields'],
  told: Readonly<Record<string, JsonValue>>,
  at: string,
): TrackedRecord['fields'] {
  const fields: Record<string, Values> = { ...known };
  for (const name of keptFields) {
    const value = told[name];
    if (value === undefined || value === (fields[name]?.at(-1)?.value ?? null)) continue;
    // A change that becomes known late takes its place in time; what was known of later instants stays.
    const values = [...(fields[name] ?? []).filter((one) => one.at !== at), { at, value }];
    fields[name] = values.sort((one, other) => (one.at < other.at ? -1 : 1));
  }
  return fields;
}

/** The value a field has now; null for none. */
export function valueOf(record: TrackedRecord, name: (typeof keptFields)[number]): JsonValue {
  return record.fields[name]?.at(-1)?.value ?? null;
}

/** The value a field had at an instant; before the first one that one. */
export function valueAt(record: TrackedRecord, name: (typeof keptFields)[number], at: string): JsonValue {
  const values = record.fields[name] ?? [];
  return (values.findLast((one) => one.at <= at) ?? values[0])?.value ?? null;
}

const textOf = (value: JsonValue | undefined): string | null => (typeof value === 'string' ? value : null);
