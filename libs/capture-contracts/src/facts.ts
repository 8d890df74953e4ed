import type { DomainEvent, JsonObject, JsonValue } from '@funnelwatch/kernel';
import {
  type EntityKind,
  entityKinds,
  type PipelineId,
  type PipelineObjectKind,
  type StageSemantics,
} from './entities.js';
import type { CapturedFields } from './fields.js';

/** Facts about any captured entity. Stream: `<kind>:<id>`. */
export interface AppearedData {
  kind: EntityKind;
  id: string;
  fields: CapturedFields;
  /** The portal's own fields (UF_*) under their stable keys; free text is sealed. */
  extra: Record<string, JsonValue>;
  /** What rules may know of sealed fields without their text, by field. */
  derived: Record<string, JsonObject>;
}

export interface ChangedData {
  kind: EntityKind;
  id: string;
  /** Canonical field → before and after. Never `stageId`, `pipelineId` or `stageSemantics`. */
  changes: Record<string, { before: JsonValue; after: JsonValue }>;
  extra: Record<string, { before: JsonValue; after: JsonValue }>;
  /** Names of the sealed fields whose text changed; the new texts are in `sealed`. */
  sealedChanged: string[];
  derived: Record<string, JsonObject>;
}

export interface DeletedData {
  kind: EntityKind;
  id: string;
  /** The last time the object was seen in the portal. `occurredAt` of the event is the time it was found missing. */
  lastSeenAt: string;
}

export interface MergedData {
  kind: EntityKind;
  id: string;
  /** The survivor. */
  into: string;
}

/**
 * One entry into a stage, the first one at creation included. `moveId` names the move for ever; a correction or
 * withdrawal refers to it. Moves of one object are ordered by (`occurredAt`, `order`), not by position.
 */
export interface StageMovedData {
  kind: PipelineObjectKind;
  id: string;
  moveId: string;
  pipelineId: PipelineId;
  stageId: string;
  semantics: StageSemantics;
  /** Breaks ties of one second: the row id of the portal's history, 0 when reconstructed. */
  order: number;
  entry: 'created' | 'moved' | 'pipeline-changed' | 'unknown';
}

export interface StageMoveCorrectedData {
  kind: PipelineObjectKind;
  id: string;
  moveId: string;
  /** The corrected instant; it is also the event's `occurredAt`. */
  movedAt: string;
  order: number;
}

export interface StageMoveWithdrawnData {
  kind: PipelineObjectKind;
  id: string;
  moveId: string;
}

export interface StageConfiguration {
  stageId: string;
  name: string;
  sort: number;
  semantics: StageSemantics;
  color: string | null;
}

export interface PipelineConfiguration {
  pipelineId: PipelineId;
  name: string;
  sort: number;
  isDefault: boolean;
  /** In the order of the funnel. */
  stages: StageConfiguration[];
}

/** The whole configuration of one kind, each time it differs from the last. Stream: `pipelines:<kind>`. */
export interface PipelinesConfiguredData {
  kind: PipelineObjectKind;
  pipelines: PipelineConfiguration[];
}

/** Dictionaries such as SOURCE. Stream: `dictionary:<name>`. */
export interface DictionaryConfiguredData {
  name: string;
  entries: {
    id: string;
    name: string;
    sort: number;
    /** What else the portal tells of the entry, under its own names (rate of a currency, color of a status). */
    extra?: Record<string, JsonValue>;
  }[];
}

/** Through which CRM instant each feed is complete. Stream: `capture:<portalId>`. */
export interface CaptureAdvancedData {
  through: Record<string, string>;
  counts: Record<string, number>;
}

/** Outcome of a reconciliation of id sets. Stream: `capture:<portalId>`. */
export interface CompletenessCertifiedData {
  /** Day in the portal's zone, `YYYY-MM-DD`. */
  day: string;
  scope: 'open-objects' | 'all';
  expected: Record<string, number>;
  held: Record<string, number>;
  unexplained: number;
}

/** More objects vanished at once than deletions explain: rights were lost. Stream: `capture:<portalId>`. */
export interface VisibilityLostData {
  kind: EntityKind;
  held: number;
  missing: number;
}

/** A person says that what went out of sight was deleted. Stream: `capture:<portalId>`. */
export interface DeletionsConfirmedData {
  kind: EntityKind;
  missing: number;
}

/** What two records have in common: a normalised value of theirs is the same. The value itself is never told. */
export type MatchKind = 'phone' | 'email' | 'inn' | 'company' | 'title' | 'number';

export interface Match {
  /** The other record: `contact:12`. */
  stream: string;
  on: MatchKind;
}

/**
 * Every other record that shares a value with this one now, each time that differs from what was told last; `[]` when
 * none does any more. In the order of kind, id and what they share.
 */
export interface MatchesFoundData {
  kind: EntityKind;
  id: string;
  matches: Match[];
  /** There are more than fifty: these are the ones whose ids are nearest to this record's. */
  isCapped?: true;
}

/** Verbs of captured facts with the data each carries. */
export interface FactDataByVerb {
  Appeared: AppearedData;
  Changed: ChangedData;
  Deleted: DeletedData;
  Merged: MergedData;
  StageMoved: StageMovedData;
  StageMoveCorrected: StageMoveCorrectedData;
  StageMoveWithdrawn: StageMoveWithdrawnData;
  MatchesFound: MatchesFoundData;
}
export type FactVerb = keyof FactDataByVerb;

export type ConfigurationFact =
  | DomainEvent<'PipelinesConfigured', PipelinesConfiguredData>
  | DomainEvent<'DictionaryConfigured', DictionaryConfiguredData>;
export type CaptureFact =
  | DomainEvent<'CaptureAdvanced', CaptureAdvancedData>
  | DomainEvent<'CompletenessCertified', CompletenessCertifiedData>
  | DomainEvent<'VisibilityLost', VisibilityLostData>
  | DomainEvent<'DeletionsConfirmed', DeletionsConfirmedData>;

const factVerbs: readonly FactVerb[] = [
  'StageMoveCorrected',
  'StageMoveWithdrawn',
  'StageMoved',
  'MatchesFound',
  'Appeared',
  'Changed',
  'Deleted',
  'Merged',
];

const prefixOf = (kind: EntityKind) =>
  kind
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
const kindByPrefix = new Map(entityKinds.map((kind) => [prefixOf(kind), kind]));

/** Event type of a captured fact: `('deal', 'StageMoved')` → `DealStageMoved`. */
export function factType(kind: EntityKind, verb: FactVerb): string {
  return prefixOf(kind) + verb;
}

/** Kind and verb of an event type, or null when the type is not a captured fact of an entity. */
export function parseFactType(type: string): { kind: EntityKind; verb: FactVerb } | null {
  for (const verb of factVerbs) {
    if (!type.endsWith(verb)) continue;
    const kind = kindByPrefix.get(type.slice(0, -verb.length));
    if (kind) return { kind, verb };
  }
  return null;
}
