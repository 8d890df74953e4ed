import type { PortalRecord, RecordTable } from './record-table.js';
import type { CrmEntity } from './field-definitions.js';

export type StageSemantics = 'P' | 'S' | 'F';

export interface Category {
  id: number;
  name: string;
  sort: number;
  entityTypeId: number;
  isDefault: boolean;
}

/** ENTITY_ID of the dictionary that holds the stages of a pipeline. */
export function stageDictionaryOf(entity: CrmEntity, categoryId: number): string {
  if (entity === 'lead') return 'STATUS';
  if (entity === 'invoice') return `SMART_INVOICE_STAGE_${categoryId}`;
  return categoryId === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${categoryId}`;
}

/** Pipelines and their stages as configured at this moment. */
export class StageDictionary {
  private readonly categoriesById = new Map<string, Category>();
  private index: Map<string, PortalRecord[]> | null = null;

  constructor(private readonly statuses: RecordTable) {}

  /** Call after any change of a status. */
  forget(): void {
    this.index = null;
  }

  setCategory(category: Category): void {
    this.categoriesById.set(`${category.entityTypeId}:${category.id}`, category);
  }

  removeCategory(entityTypeId: number, id: number): void {
    this.categoriesById.delete(`${entityTypeId}:${id}`);
  }

  category(entityTypeId: number, id: number): Category | undefined {
    return this.categoriesById.get(`${entityTypeId}:${id}`);
  }

  categoryById(id: number): Category | undefined {
    return [...this.categoriesById.values()].find((category) => category.id === id);
  }

  categories(entityTypeId: number): Category[] {
    return [...this.categoriesById.values()]
      .filter((category) => category.entityTypeId === entityTypeId)
      .sort((one, other) => one.sort - other.sort || one.id - other.id);
  }

  allCategories(): Category[] {
    return [...this.categoriesById.values()];
  }

  /** Rows of one dictionary in the order of SORT. */
  rows(dictionary: string): readonly PortalRecord[] {
    return this.byDictionary().get(dictionary) ?? [];
  }

  dictionaries(): string[] {
    return [...this.byDictionary().keys()];
  }

  /** Meaning of a stage, or undefined when the pipeline has no such stage. */
  semantics(entity: CrmEntity, categoryId: number, stageId: string): StageSemantics | undefined {
    const row = this.rows(stageDictionaryOf(entity, categoryId)).find(
      (candidate) => candidate.fields.STATUS_ID === stageId,
    );
    if (!row) return undefined;
    const semantics = row.fields.SEMANTICS;
    return semantics === 'S' || semantics === 'F' ? semantics : 'P';
  }

  firstStage(entity: CrmEntity, categoryId: number): string | undefined {
    const row = this.rows(stageDictionaryOf(entity, categoryId))[0];
    return row === undefined ? undefined : String(row.fields.STATUS_ID);
  }

  private byDictionary(): Map<string, PortalRecord[]> {
    if (this.index) return this.index;
    const index = new Map<string, PortalRecord[]>();
    for (const record of this.statuses.records) {
      const dictionary = String(record.fields.ENTITY_ID);
      const rows = index.get(dictionary);
      if (rows) rows.push(record);
      else index.set(dictionary, [record]);
    }
    for (const rows of index.values()) {
      rows.sort((one, other) => Number(one.fields.SORT) - Number(other.fields.SORT) || one.id - other.id);
    }
    this.index = index;
    return index;
  }
}
