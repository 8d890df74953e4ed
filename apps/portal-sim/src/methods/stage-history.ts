import type { PortalTime } from '../model/portal-time.js';
import type { HistoryRow } from '../model/stage-history.js';
import { compileFilter, type FilterDialect, type FilterField } from '../protocol/filter.js';
import { offsetPage, pageSize, sortRows } from '../protocol/list-page.js';
import { listOf, mapOf, numberOf, type Parameters } from '../protocol/parameters.js';
import { RestError } from '../protocol/rest-error.js';
import { sortKeys } from './dialects.js';
import { selectOf, startOf } from './list-request.js';
import { type CallContext, listMethod, type Method } from './method.js';

type HistoryEntity = 'lead' | 'deal' | 'invoice';

const entities: Record<number, HistoryEntity> = { 1: 'lead', 2: 'deal', 31: 'invoice' };

const fields: Record<string, FilterField<HistoryRow>> = {
  ID: { comparison: 'number', value: (row) => row.id, isId: true },
  TYPE_ID: { comparison: 'number', value: (row) => row.typeId },
  OWNER_ID: { comparison: 'number', value: (row) => row.ownerId },
  CREATED_TIME: { comparison: 'time', value: (row) => row.createdMs },
  CATEGORY_ID: { comparison: 'number', value: (row) => row.categoryId },
  STAGE_ID: { comparison: 'code', value: (row) => row.stageId },
  STATUS_ID: { comparison: 'code', value: (row) => row.stageId },
  STAGE_SEMANTIC_ID: { comparison: 'code', value: (row) => row.semantics },
  STATUS_SEMANTIC_ID: { comparison: 'code', value: (row) => row.semantics },
};

function dialect(time: PortalTime): FilterDialect<HistoryRow> {
  return {
    time,
    allowsLogic: false,
    unknownField: () => undefined,
    field: (name) => fields[name],
  };
}

function view(row: HistoryRow, entity: HistoryEntity, context: CallContext): Record<string, unknown> {
  const number = (value: number) => (context.settings.historyNumbersAsText ? String(value) : value);
  const shown: Record<string, unknown> = {
    ID: number(row.id),
    TYPE_ID: number(row.typeId),
    OWNER_ID: number(row.ownerId),
    CREATED_TIME: context.model.time.dateTime(row.createdMs),
  };
  if (entity === 'lead') return { ...shown, STATUS_SEMANTIC_ID: row.semantics, STATUS_ID: row.stageId };
  return { ...shown, CATEGORY_ID: number(row.categoryId), STAGE_SEMANTIC_ID: row.semantics, STAGE_ID: row.stageId };
}

/** Rows that may match: those of named owners, or all from an id on. */
function candidates(parameters: Parameters, entity: HistoryEntity, context: CallContext): readonly HistoryRow[] {
  const history = context.model.history[entity];
  const filter = mapOf(parameters.filter);
  const owners = filter.OWNER_ID ?? filter['=OWNER_ID'] ?? filter['@OWNER_ID'];
  if (owners === undefined) return history.rows;
  const ids = new Set(listOf(owners).map((id) => numberOf(id)));
  return [...ids].flatMap((id) => history.ofOwner(id)).sort((one, other) => one.id - other.id);
}

/** How objects moved through their stages. Who moved them is not told. */
export const stageHistoryMethods: Method[] = [
  listMethod('crm.stagehistory.list', 'crm', (parameters, context) => {
    const entity = entities[numberOf(parameters.entityTypeId)];
    if (!entity) throw new RestError('ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported', 400);
    const filter = compileFilter(parameters.filter, dialect(context.model.time));
    const order = sortKeys(parameters.order, (name) => fields[name.toUpperCase()]);
    const owners = context.model.tables[entity];
    const visible = context.visibility(entity);
    const matches = (row: HistoryRow) => {
      if (filter.matches && !filter.matches(row)) return false;
      if (!visible) return true;
      const owner = owners.get(row.ownerId);
      return owner !== undefined && visible(owner);
    };
    const start = startOf(parameters);
    const rows = candidates(parameters, entity, context);
    const isByIdAscending = order.length === 0 || (order[0]?.isId === true && !order[0].isDescending);
    const found: HistoryRow[] = [];
    for (let index = firstAbove(rows, filter.idAbove); index < rows.length; index++) {
      const row = rows[index] as HistoryRow;
      if (matches(row)) found.push(row);
      if (start < 0 && isByIdAscending && found.length === pageSize) break;
    }
    if (!isByIdAscending) sortRows(found, order);
    const page = offsetPage(found, { start, floorsStart: false });
    const select = selectOf(parameters).filter((name) => name !== '*');
    const items = page.rows.map((row) => {
      const full = view(row, entity, context);
      return select.length === 0 ? full : selectedFields(full, select);
    });
    const { rows: _rows, ...counts } = page;
    return { result: { items }, ...counts };
  }),
];

function firstAbove(rows: readonly HistoryRow[], id: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] as HistoryRow).id <= id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function selectedFields(full: Record<string, unknown>, select: readonly unknown[]): Record<string, unknown> {
  const names = select.filter((name) => typeof name === 'string');
  return Object.fromEntries(names.map((name) => [name, full[name]]));
}
