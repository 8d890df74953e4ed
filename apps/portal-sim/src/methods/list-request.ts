import type { PortalRecord, RecordTable } from '../model/record-table.js';
import { type CompiledFilter, compileFilter, type FilterDialect } from '../protocol/filter.js';
import { type Page, pageOfRecords, type SortKey } from '../protocol/list-page.js';
import { listOf, numberOf, type Parameters } from '../protocol/parameters.js';
import { classicError } from '../protocol/rest-error.js';

/** Offset that the client asked for; below zero means "do not count". */
export function startOf(parameters: Parameters): number {
  const start = numberOf(parameters.start ?? parameters.START);
  return Number.isNaN(start) ? 0 : start;
}

export function selectOf(parameters: Parameters): unknown[] {
  return listOf(parameters.select ?? parameters.SELECT);
}

/** Classic methods refuse a filter or an order that is no map. */
export function requireMaps(parameters: Parameters): void {
  for (const name of ['filter', 'order'] as const) {
    const value = parameters[name];
    if (value !== undefined && value !== '' && value !== null && typeof value !== 'object') {
      throw classicError(`Parameter '${name}' must be array.`);
    }
  }
}

/** Filters, orders and pages records that the caller may read. */
export function listRecords(
  table: RecordTable,
  request: {
    filter: unknown;
    dialect: FilterDialect<PortalRecord>;
    order: SortKey<PortalRecord>[];
    start: number;
    floorsStart: boolean;
    visible: ((record: PortalRecord) => boolean) | undefined;
    also?: (record: PortalRecord) => boolean;
  },
): Page<PortalRecord> {
  const filter: CompiledFilter<PortalRecord> = compileFilter(request.filter, request.dialect);
  const tests = [filter.matches, request.also, request.visible].filter((test) => test !== undefined);
  const [only] = tests;
  if (tests.length === 1) filter.matches = only;
  else if (tests.length > 1) filter.matches = (record) => tests.every((test) => test(record));
  return pageOfRecords(table, filter, request.order, { start: request.start, floorsStart: request.floorsStart });
}
