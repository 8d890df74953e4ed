import type { StageSemantics } from './stage-dictionary.js';

/** `append` keeps every row; `legacy-rewrite` re-registers history as older builds do. */
export type HistoryMode = 'append' | 'legacy-rewrite';

export interface HistoryRow {
  id: number;
  typeId: 1 | 2 | 3 | 5;
  ownerId: number;
  createdMs: number;
  categoryId: number;
  stageId: string;
  semantics: StageSemantics;
}

interface Entry {
  ownerId: number;
  atMs: number;
  categoryId: number;
  stageId: string;
  semantics: StageSemantics;
}

/** Stage history of one entity: rows ascending by id. There is no actor, and rows vanish with their owner. */
export class StageHistory {
  private ascending: HistoryRow[] = [];
  private readonly goneRows = new Set<HistoryRow>();
  private readonly byOwner = new Map<number, HistoryRow[]>();
  private lastId = 0;

  /** All rows, ascending by id. */
  get rows(): readonly HistoryRow[] {
    if (this.goneRows.size > 0) {
      const gone = this.goneRows;
      this.ascending = this.ascending.filter((row) => !gone.has(row));
      gone.clear();
    }
    return this.ascending;
  }

  ofOwner(ownerId: number): readonly HistoryRow[] {
    return this.byOwner.get(ownerId) ?? [];
  }

  registerCreation(entry: Entry): void {
    this.append(entry, entry.semantics === 'P' ? 1 : 3);
  }

  /** A move writes a row unless the latest row of the owner already says the same. */
  registerMove(entry: Entry, fromCategoryId: number, mode: HistoryMode): void {
    const latest = this.ofOwner(entry.ownerId).at(-1);
    if (latest && latest.categoryId === entry.categoryId && latest.stageId === entry.stageId) return;
    const changesCategory = fromCategoryId !== entry.categoryId;
    if (mode === 'legacy-rewrite') {
      if (changesCategory) {
        this.removeOwner(entry.ownerId);
        this.registerCreation(entry);
        return;
      }
      if (entry.semantics === 'P' && latest && latest.semantics !== 'P') this.remove(latest);
    }
    this.append(entry, changesCategory ? 5 : entry.semantics === 'P' ? 2 : 3);
  }

  removeOwner(ownerId: number): void {
    for (const row of this.ofOwner(ownerId)) this.forget(row);
    this.byOwner.delete(ownerId);
  }

  private remove(row: HistoryRow): void {
    this.forget(row);
    this.byOwner.set(
      row.ownerId,
      this.ofOwner(row.ownerId).filter((candidate) => candidate !== row),
    );
  }

  private forget(row: HistoryRow): void {
    this.goneRows.add(row);
  }

  private append(entry: Entry, typeId: HistoryRow['typeId']): void {
    const row: HistoryRow = {
      id: ++this.lastId,
      typeId,
      ownerId: entry.ownerId,
      createdMs: entry.atMs,
      categoryId: entry.categoryId,
      stageId: entry.stageId,
      semantics: entry.semantics,
    };
    this.ascending.push(row);
    const rows = this.byOwner.get(entry.ownerId);
    if (rows) rows.push(row);
    else this.byOwner.set(entry.ownerId, [row]);
  }
}
