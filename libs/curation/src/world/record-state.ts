import type { EntityKind, StageSemantics } from '@funnelwatch/capture-contracts';
import { canonicalJson, type JsonObject, type JsonValue } from '@funnelwatch/kernel';
import type { Happening } from './happening.js';

/** An entry into a stage, with what it passed over. */
export interface MoveState {
  at: number;
  by: string | null;
  eventId: string;
  pipelineId: string;
  stageId: string;
  semantics: StageSemantics;
  entry: string;
}

/** The end of a record: deleted, or merged into another one. */
export interface Gone {
  /** Milliseconds since the epoch. */
  at: number;
  /** The record that took it over, `lead:12`; null for one that was deleted. */
  into: string | null;
}

export interface FieldChange {
  field: string;
  at: number;
  by: string | null;
  before: JsonValue;
  after: JsonValue;
}

/** One record as it stands at the instant up to which the world is told. */
export class RecordState {
  createdAt: number;
  createdBy: string | null;
  fields: JsonObject;
  extra: JsonObject;
  derived: JsonObject;
  rows: readonly JsonObject[] | null = null;
  matches: readonly { stream: string; on: string }[] = [];
  private snapshotPosition = 0;
  readonly moves: MoveState[] = [];
  readonly changes: FieldChange[] = [];
  /** Texts that were written anew: name → last instant. */
  readonly textsChangedAt = new Map<string, number>();
  lastEditor: string | null;
  gone: Gone | null = null;

  constructor(
    readonly kind: EntityKind,
    readonly stream: string,
    readonly id: string,
    created: Extract<Happening, { type: 'created' }>,
  ) {
    this.createdAt = created.at;
    this.createdBy = created.by ?? (created.fields['createdBy'] as string | null | undefined) ?? null;
    this.fields = { ...created.fields };
    this.extra = { ...created.extra };
    this.derived = { ...created.derived };
    this.lastEditor = (created.fields['modifiedBy'] as string | null | undefined) ?? this.createdBy;
  }

  get goneAt(): number | null {
    return this.gone?.at ?? null;
  }

  get stage(): MoveState | null {
    return this.moves.at(-1) ?? null;
  }

  get isOpen(): boolean {
    return this.goneAt === null && this.stage?.semantics === 'P';
  }

  get isWon(): boolean {
    return this.goneAt === null && this.stage?.semantics === 'S';
  }

  get isLost(): boolean {
    return this.goneAt === null && this.stage?.semantics === 'F';
  }

  text(field: string): string {
    const value = this.fields[field];
    return typeof value === 'string' ? value : '';
  }

  /** Takes over a list of matches: what was read from history later than a list was told counts instead of it. */
  match({ matches, position, isSnapshot }: Extract<Happening, { type: 'matches' }>): void {
    if (isSnapshot) this.snapshotPosition = position;
    else if (position < this.snapshotPosition) return;
    this.matches = matches;
  }

  /** Takes over changed fields; returns those that count and whose value differs from before. */
  change(happening: Extract<Happening, { type: 'changed' }>): FieldChange[] {
    const { at, by } = happening;
    const changed: FieldChange[] = [];
    for (const [target, values] of [
      [this.fields, happening.fields],
      [this.extra, happening.extra],
    ] as const) {
      for (const [field, after] of Object.entries(values)) {
        const before = target[field] ?? null;
        target[field] = after;
        if (this.counts(field) && !isSame(before, after)) changed.push({ field, at, by, before, after });
      }
    }
    for (const [field, facts] of Object.entries(happening.derived)) this.derived[field] = facts;
    for (const field of happening.texts) {
      this.textsChangedAt.set(field, at);
      if (!this.counts(field)) continue;
      // What a text said and says stays sealed.
      changed.push({ field, at, by, before: null, after: null });
    }
    this.changes.push(...changed);
    if (by !== null) this.lastEditor = by;
    return changed;
  }

  /** Whether a change of a field says something about somebody's work. */
  private counts(field: string): boolean {
    if (this.kind !== 'lead' && this.kind !== 'deal') return !technicalFields.has(field);
    return fieldsOfPeople.has(field) || /^uf/i.test(field);
  }

  derivedOf(field: string): JsonObject {
    const facts = this.derived[field];
    return typeof facts === 'object' && facts !== null && !Array.isArray(facts) ? facts : {};
  }
}

/** Fields the portal keeps by itself: that they change says nothing about anybody's work. */
const technicalFields = new Set(['modifiedAt', 'modifiedBy', 'editorId', 'createdAt', 'hasPhone', 'hasEmail']);

/** Fields of leads and deals that people fill in, beside the portal's own ones. */
const fieldsOfPeople = new Set([
  ...['ownerId', 'amountKopecks', 'currency', 'contactId', 'companyId', 'sourceId', 'title', 'comments'],
  ...['statusDescription', 'expectedCloseDate'],
]);

const isSame = (left: JsonValue, right: JsonValue): boolean =>
  left === right ||
  (typeof left === 'object' && typeof right === 'object' && canonicalJson(left) === canonicalJson(right));
