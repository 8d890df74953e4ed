import type { EntityKind, PipelineObjectKind, StageSemantics } from '@funnelwatch/capture-contracts';
import type { SealedTitle } from '../answers.js';
import type { StageMove } from '../domain/stage-visits.js';

/** The first version of an object holds since ever; no CRM is that old. */
export const sinceEverMs = 0;

export interface ObjectState {
  portalId: string;
  kind: PipelineObjectKind;
  objectId: string;
  state: 'expected' | 'present' | 'deleted' | 'merged';
  mergedInto: string | null;
  goneAt: string | null;
  ownerId: string | null;
  /** Decimal text of kopecks. */
  amountKopecks: string | null;
  currency: string | null;
  /** Null while no version is known. */
  versionFromMs: number | null;
  createdAt: string | null;
  modifiedAt: string | null;
  contactId: string | null;
  companyId: string | null;
  leadId: string | null;
  pipelineId: string | null;
  stageId: string | null;
  visitCount: number;
  lastPosition: number;
  /** Every known move by id; loaded only for objects that a move of this batch concerns. */
  moves: Map<string, StageMove>;
  /** Ids of the moves to store. */
  touchedMoves: Set<string>;
  /** Versions to store, by the instant they hold from. */
  newVersions: Map<number, { ownerId: string | null; amountKopecks: string | null; currency: string | null }>;
}

export interface RecordState {
  portalId: string;
  kind: EntityKind;
  objectId: string;
  state: 'present' | 'deleted' | 'merged';
  mergedInto: string | null;
  goneAt: string | null;
  ownerId: string | null;
  createdAt: string | null;
  modifiedAt: string | null;
  lastPosition: number;
}

interface TitleState {
  portalId: string;
  kind: EntityKind;
  objectId: string;
  parts: SealedTitle;
  isTouched: boolean;
  /** The row is to be removed. */
  isErased?: boolean;
}

export interface PersonState {
  portalId: string;
  userId: string;
  name: string | null;
  secondName: string | null;
  lastName: string | null;
  isActive: boolean;
  departmentIds: string[];
  lastPosition: number;
}

export interface PipelineState {
  pipelineId: string;
  name: string;
  sort: number;
  isDefault: boolean;
  isRemoved: boolean;
  stages: Map<string, StageState>;
}

interface StageState {
  stageId: string;
  name: string;
  sort: number;
  place: number;
  semantics: StageSemantics;
  color: string | null;
  isRemoved: boolean;
}

/** Pipelines of one kind in one portal. */
export interface ConfigurationState {
  portalId: string;
  kind: PipelineObjectKind;
  pipelines: Map<string, PipelineState>;
  lastPosition: number;
  isTouched: boolean;
}

interface ConfigurationChange {
  portalId: string;
  position: number;
  ordinal: number;
  occurredAt: string;
  pipelineId: string;
  stageId: string | null;
  change: string;
  before: string | null;
  after: string | null;
}

interface MeaningRow {
  portalId: string;
  pipelineId: string;
  stageId: string;
  validFrom: string;
  meaning: string | null;
  position: number;
}

interface DictionaryRow {
  portalId: string;
  dictionary: string;
  entryId: string;
  name: string;
  sort: number;
  isRemoved: boolean;
  position: number;
}

interface ProgressRow {
  portalId: string;
  lastPosition: number;
  lastMoveAtMs: number | null;
}

/** Everything one batch reads and writes; only what the batch concerns is in it. */
export interface BatchState {
  /** Where the tables are. */
  schema: string;
  bucket: number;
  objects: Map<string, ObjectState>;
  records: Map<string, RecordState>;
  titles: Map<string, TitleState>;
  persons: Map<string, PersonState>;
  configurations: Map<string, ConfigurationState>;
  changes: ConfigurationChange[];
  meanings: Map<string, MeaningRow>;
  dictionaries: Map<string, DictionaryRow>;
  progress: Map<string, ProgressRow>;
}

/** Key of a record inside a batch. */
export const keyOf = (portalId: string, kind: string, id: string): string => `${portalId}|${kind}|${id}`;
