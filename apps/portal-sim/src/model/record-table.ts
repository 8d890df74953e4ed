import type { MultiFieldName } from './field-definitions.js';

/** One value of a multi-field as classic methods show it. */
export interface MultiValue {
  ID: string;
  VALUE_TYPE: string;
  VALUE: string;
  TYPE_ID: string;
}

export interface Binding {
  entityTypeId: number;
  entityId: number;
}

/** What a record has beside its plain fields; methods show it only when asked for. */
interface RecordParts {
  multi?: Partial<Record<MultiFieldName, MultiValue[]>>;
  contactIds?: number[];
  observers?: number[];
  bindings?: Binding[];
  communications?: Record<string, unknown>[];
  files?: Record<string, unknown>[];
  /** Bindings of a task to the CRM, `D_10`. */
  crmTask?: string[];
}

export interface PortalRecord {
  id: number;
  /** Classic scalars in the portal's order of fields. */
  fields: Record<string, unknown>;
  /** An answer holds `fields`: the next change makes a copy first. */
  isShared: boolean;
  parts: RecordParts;
  modifiedMs: number;
  /** The universal view, made on first use and dropped at each change. */
  item: Record<string, unknown> | undefined;
}

interface ModifiedEntry {
  modifiedMs: number;
  record: PortalRecord;
}

/**
 * Records of one entity, ascending by id, with an index by modified time. The index is a list of (time, record) to
 * which every change adds; an entry is valid while the record still carries its time, and stale ones are swept out
 * when they outnumber the others, so a change costs nothing but an append.
 */
export class RecordTable {
  private readonly byId = new Map<number, PortalRecord>();
  private readonly ascending: PortalRecord[] = [];
  private byModified: ModifiedEntry[] = [];

  get size(): number {
    return this.ascending.length;
  }

  /** All records, ascending by id. */
  get records(): readonly PortalRecord[] {
    return this.ascending;
  }

  get(id: number): PortalRecord | undefined {
    return this.byId.get(id);
  }

  /** The id that the portal would give to the next record. */
  get nextId(): number {
    return (this.ascending.at(-1)?.id ?? 0) + 1;
  }

  add(record: PortalRecord): void {
    const last = this.ascending.at(-1);
    if (last === undefined || last.id < record.id) this.ascending.push(record);
    else this.ascending.splice(this.indexAbove(record.id - 1), 0, record);
    this.byId.set(record.id, record);
    this.indexModified(record);
  }

  delete(id: number): boolean {
    if (!this.byId.delete(id)) return false;
    this.ascending.splice(this.indexAbove(id - 1), 1);
    return true;
  }

  /** Call after changing a record's fields; moves its modified time when one is given. */
  touch(record: PortalRecord, modifiedMs?: number): void {
    record.item = undefined;
    if (modifiedMs === undefined || modifiedMs === record.modifiedMs) return;
    record.modifiedMs = modifiedMs;
    this.indexModified(record);
  }

  /** Index of the first record whose id is above the given one. */
  indexAbove(id: number): number {
    let low = 0;
    let high = this.ascending.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.ascending[middle] as PortalRecord).id <= id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** How many index entries lie at or after that time: an upper bound for the records. */
  countModifiedSince(fromMs: number): number {
    return this.byModified.length - this.modifiedIndex(fromMs);
  }

  /** Records modified at or after that time, in the order of time. */
  modifiedSince(fromMs: number): PortalRecord[] {
    const found: PortalRecord[] = [];
    for (let index = this.modifiedIndex(fromMs); index < this.byModified.length; index++) {
      const entry = this.byModified[index] as ModifiedEntry;
      if (this.isValid(entry)) found.push(entry.record);
    }
    return found;
  }

  private indexModified(record: PortalRecord): void {
    const entry = { modifiedMs: record.modifiedMs, record };
    const last = this.byModified.at(-1);
    if (last === undefined || last.modifiedMs <= entry.modifiedMs) this.byModified.push(entry);
    else this.byModified.splice(this.modifiedIndex(entry.modifiedMs + 1), 0, entry);
    if (this.byModified.length > 2 * this.ascending.length + 1000) {
      const seen = new Set<PortalRecord>();
      this.byModified = this.byModified.filter((candidate) => {
        if (!this.isValid(candidate) || seen.has(candidate.record)) return false;
        seen.add(candidate.record);
        return true;
      });
    }
  }

  private isValid(entry: ModifiedEntry): boolean {
    return entry.record.modifiedMs === entry.modifiedMs && this.byId.get(entry.record.id) === entry.record;
  }

  private modifiedIndex(fromMs: number): number {
    let low = 0;
    let high = this.byModified.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.byModified[middle] as ModifiedEntry).modifiedMs < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
