import type { PortalRecord, RecordTable } from '../model/record-table.js';
import type { CompiledFilter } from './filter.js';

export const pageSize = 50;

export interface Page<Row> {
  rows: Row[];
  /** Absent for unpaged lists. */
  total?: number;
  next?: number;
}

export interface SortKey<Row> {
  isId: boolean;
  isDescending: boolean;
  value(row: Row): number | string;
}

export interface PageRequest {
  start: number;
  /** Older lists turn an offset into a page number. */
  floorsStart: boolean;
}

/**
 * One page of records. Without counting (`start` below zero) a walk by id stops at the fiftieth match, and a window of
 * modified times is read from its index when that is shorter than the walk.
 */
export function pageOfRecords(
  table: RecordTable,
  filter: CompiledFilter<PortalRecord>,
  order: readonly SortKey<PortalRecord>[],
  request: PageRequest,
): Page<PortalRecord> {
  const isByIdAscending = order.length === 0 || (order[0]?.isId === true && !order[0].isDescending);
  const matches = filter.matches;
  const isByIdDescending = order[0]?.isId === true && order[0].isDescending;
  if (isByIdDescending && request.start < 0 && !filter.ids) return { rows: lastById(table, filter), total: 0 };
  if (isByIdAscending && request.start < 0) return { rows: firstById(table, filter), total: 0 };
  if (isByIdAscending && !matches) return offsetPage(table.records, request);
  const candidates = isByIdAscending ? candidatesById(table, filter) : candidatesById(table, filter).slice();
  const found = matches ? candidates.filter(matches) : candidates;
  if (!isByIdAscending) sortRows(found as PortalRecord[], order);
  return request.start < 0 ? { rows: found.slice(0, pageSize), total: 0 } : offsetPage(found, request);
}

/** One page of rows that are already filtered and ordered. */
export function offsetPage<Row>(rows: readonly Row[], request: PageRequest): Page<Row> {
  if (request.start < 0) return { rows: rows.slice(0, pageSize), total: 0 };
  const start = request.floorsStart ? Math.floor(request.start / pageSize) * pageSize : request.start;
  const end = start + pageSize;
  return {
    rows: rows.slice(start, end),
    total: rows.length,
    ...(end < rows.length ? { next: end } : {}),
  };
}

/** Sorts in place by all keys. */
export function sortRows<Row>(rows: Row[], order: readonly SortKey<Row>[]): void {
  rows.sort((one, other) => {
    for (const key of order) {
      const left = key.value(one);
      const right = key.value(other);
      if (left === right) continue;
      return left < right === key.isDescending ? 1 : -1;
    }
    return 0;
  });
}

function firstById(table: RecordTable, filter: CompiledFilter<PortalRecord>): PortalRecord[] {
  const rows: PortalRecord[] = [];
  const candidates = candidatesById(table, filter);
  const begin = candidates === table.records ? table.indexAbove(filter.idAbove) : 0;
  for (let index = begin; index < candidates.length && rows.length < pageSize; index++) {
    const row = candidates[index] as PortalRecord;
    if (!filter.matches || filter.matches(row)) rows.push(row);
  }
  return rows;
}

/** The fifty records with the greatest ids that match. */
function lastById(table: RecordTable, filter: CompiledFilter<PortalRecord>): PortalRecord[] {
  const rows: PortalRecord[] = [];
  const candidates = candidatesById(table, filter);
  const end = candidates === table.records ? table.indexAbove(filter.idBelow - 1) : candidates.length;
  for (let index = end - 1; index >= 0 && rows.length < pageSize; index--) {
    const row = candidates[index] as PortalRecord;
    if (!filter.matches || filter.matches(row)) rows.push(row);
  }
  return rows;
}

/** Records that may match, ascending by id: named ones, those of the modified window, or all. */
function candidatesById(table: RecordTable, filter: CompiledFilter<PortalRecord>): readonly PortalRecord[] {
  if (filter.ids) {
    return [...new Set(filter.ids)]
      .sort((one, other) => one - other)
      .map((id) => table.get(id))
      .filter((record) => record !== undefined);
  }
  const { modifiedFromMs } = filter;
  if (modifiedFromMs !== undefined && table.countModifiedSince(modifiedFromMs) * 4 < table.size) {
    const window = [...new Set(table.modifiedSince(modifiedFromMs))].filter((record) => record.id > filter.idAbove);
    return window.sort((one, other) => one.id - other.id);
  }
  return table.records;
}
