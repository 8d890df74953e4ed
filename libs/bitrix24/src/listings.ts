import type { Command } from './client.js';
import type { Parameters, ParameterValue } from './php-query.js';
import { isMap } from './portal-time.js';

export type Row = Record<string, unknown>;

/** A list of the portal that is read by ascending ids, and what its method wants to hear. */
export interface Listing {
  name: string;
  method: string;
  /** Parameters that are always sent: the type, the order by id, paging without a count where it is offered. */
  fixed: Parameters;
  /** Names of the filter parameter and of the row's id in filters and rows. */
  filterName: 'filter' | 'FILTER';
  filterId: string;
  rowId: 'ID' | 'id';
  /** Where the rows stand in the result; empty when the result is the list itself. */
  rowsAt: '' | 'items' | 'tasks';
  /** Conditions that are part of the listing, for instance dismissed users only. */
  filter?: Parameters;
  /** Fields to ask for in a full read; undefined where the method always answers everything. */
  select?: readonly string[];
  /** Whether the method lets us ask for the id alone. */
  selectsId: boolean;
  /** Field of the modified time in filters; null when the portal offers none. */
  modifiedField: string | null;
  /** Whether `start: -1` spares the portal the counting. */
  startsUncounted: boolean;
}

const classic = (
  name: string,
  method: string,
  select: readonly string[],
  modifiedField: string | null = 'DATE_MODIFY',
): Listing => ({
  name,
  method,
  fixed: { order: { ID: 'ASC' } },
  filterName: 'filter',
  filterId: 'ID',
  rowId: 'ID',
  rowsAt: '',
  select,
  selectsId: true,
  modifiedField,
  startsUncounted: true,
});

const items = (name: string, entityTypeId: number): Listing => ({
  name,
  method: 'crm.item.list',
  fixed: { entityTypeId, order: { id: 'ASC' } },
  filterName: 'filter',
  filterId: 'id',
  rowId: 'id',
  rowsAt: 'items',
  select: ['*'],
  selectsId: true,
  modifiedField: 'updatedTime',
  startsUncounted: true,
});

const stageHistory = (name: string, entityTypeId: number): Listing => ({
  name,
  method: 'crm.stagehistory.list',
  fixed: { entityTypeId, order: { ID: 'ASC' } },
  filterName: 'filter',
  filterId: 'ID',
  rowId: 'ID',
  rowsAt: 'items',
  selectsId: true,
  modifiedField: null,
  startsUncounted: true,
});

const users = (name: string, isActive: boolean): Listing => ({
  name,
  method: 'user.get',
  fixed: { sort: 'ID', order: 'ASC' },
  filterName: 'FILTER',
  filterId: 'ID',
  rowId: 'ID',
  rowsAt: '',
  filter: { ACTIVE: isActive },
  selectsId: false,
  modifiedField: null,
  startsUncounted: true,
});

/** Type ids of the portal for records with stages. */
export const entityTypeIds = { lead: 1, deal: 2, contact: 3, company: 4, invoice: 31 } as const;

const CONTACTS = ['*', 'UF_*', 'PHONE', 'EMAIL', 'WEB', 'IM'];

const TASK_FIELDS = [
  ...['ID', 'PARENT_ID', 'TITLE', 'DESCRIPTION', 'MARK', 'PRIORITY', 'STATUS', 'MULTITASK', 'NOT_VIEWED', 'REPLICATE'],
  ...['GROUP_ID', 'STAGE_ID', 'CREATED_BY', 'CREATED_DATE', 'RESPONSIBLE_ID', 'ACCOMPLICES', 'AUDITORS', 'CHANGED_BY'],
  ...['CHANGED_DATE', 'STATUS_CHANGED_BY', 'STATUS_CHANGED_DATE', 'CLOSED_BY', 'CLOSED_DATE', 'ACTIVITY_DATE'],
  ...[
    'DATE_START',
    'DEADLINE',
    'START_DATE_PLAN',
    'END_DATE_PLAN',
    'GUID',
    'XML_ID',
    'COMMENTS_COUNT',
    'ALLOW_TIME_TRACKING',
  ],
  ...['TIME_ESTIMATE', 'TIME_SPENT_IN_LOGS', 'MATCH_WORK_TIME', 'FORUM_TOPIC_ID', 'FORUM_ID', 'SITE_ID', 'SUBORDINATE'],
  ...['FAVORITE', 'UF_CRM_TASK', 'DURATION_PLAN', 'DURATION_FACT', 'DURATION_TYPE'],
];

/**
 * Everything that is read row by row. Calls and tasks are walked without `start`: whether −1 works there is not
 * documented, and the first page of a filter by id is right either way.
 */
export const listings = {
  deals: classic('deals', 'crm.deal.list', ['*', 'UF_*']),
  leads: classic('leads', 'crm.lead.list', CONTACTS),
  contacts: classic('contacts', 'crm.contact.list', CONTACTS),
  companies: classic('companies', 'crm.company.list', CONTACTS),
  invoices: items('invoices', entityTypeIds.invoice),
  activities: classic('activities', 'crm.activity.list', ['*', 'COMMUNICATIONS', 'FILES'], 'LAST_UPDATED'),
  leadStageHistory: stageHistory('leadStageHistory', entityTypeIds.lead),
  dealStageHistory: stageHistory('dealStageHistory', entityTypeIds.deal),
  invoiceStageHistory: stageHistory('invoiceStageHistory', entityTypeIds.invoice),
  calls: {
    name: 'calls',
    method: 'voximplant.statistic.get',
    fixed: { SORT: 'ID', ORDER: 'ASC' },
    filterName: 'FILTER',
    filterId: 'ID',
    rowId: 'ID',
    rowsAt: '',
    selectsId: false,
    modifiedField: 'CALL_START_DATE',
    startsUncounted: false,
  },
  tasks: {
    name: 'tasks',
    method: 'tasks.task.list',
    fixed: { order: { ID: 'asc' } },
    filterName: 'filter',
    filterId: 'ID',
    rowId: 'id',
    rowsAt: 'tasks',
    select: TASK_FIELDS,
    selectsId: true,
    modifiedField: 'CHANGED_DATE',
    startsUncounted: false,
  },
  activeUsers: users('activeUsers', true),
  dismissedUsers: users('dismissedUsers', false),
  requisites: classic('requisites', 'crm.requisite.list', ['*', 'UF_*']),
} as const satisfies Record<string, Listing>;
export type ListingName = keyof typeof listings;

export interface ListingQuery {
  /** Rows with a greater id only; a text is a reference into the same batch. */
  after?: number | string;
  /** Rows modified within these bounds, both included, ISO 8601 with offset. Ignored where there is no such field. */
  modified?: { from?: string; to?: string };
  /** More conditions in the portal's grammar, for instance `{'@OWNER_ID': [1, 2]}`. */
  filter?: Parameters;
  /** Ids alone where the method can: for reconciliation. */
  idsOnly?: boolean;
  /** Ask for the total too, which costs the portal a count of the whole list. */
  counted?: boolean;
}

/** The call that reads the first page (50 rows at most) of a listing. */
export function listingCommand(listing: Listing, query: ListingQuery = {}): Command {
  const filter: Record<string, ParameterValue> = { ...listing.filter, ...query.filter };
  if (query.after !== undefined) filter[`>${listing.filterId}`] = query.after;
  if (listing.modifiedField !== null) {
    if (query.modified?.from !== undefined) filter[`>=${listing.modifiedField}`] = query.modified.from;
    if (query.modified?.to !== undefined) filter[`<=${listing.modifiedField}`] = query.modified.to;
  }
  const select = query.idsOnly && listing.selectsId ? [listing.filterId] : listing.select;
  const isUncounted = listing.startsUncounted && !query.counted;
  return {
    method: listing.method,
    params: {
      ...listing.fixed,
      ...(select ? { select } : {}),
      [listing.filterName]: filter,
      ...(isUncounted ? { start: -1 } : {}),
    },
  };
}

/** The rows in a listing's result; an empty or unknown shape is no row. */
export function rowsOf(listing: Listing, result: unknown): Row[] {
  const rows = listing.rowsAt === '' ? result : isMap(result) ? result[listing.rowsAt] : undefined;
  if (Array.isArray(rows)) return rows.filter(isMap);
  // PHP writes a list with a gap in its keys as an object.
  return isMap(rows) ? Object.values(rows).filter(isMap) : [];
}

/** The row's id as a number; NaN when it has none. */
export function idOf(listing: Listing, row: Row): number {
  const id = row[listing.rowId];
  return typeof id === 'number' ? id : typeof id === 'string' && id !== '' ? Number(id) : Number.NaN;
}

/** A reference to the id of the last row of a full page of an earlier command of the same batch. */
export function lastIdReference(listing: Listing, key: string): string {
  return `$result[${key}]${listing.rowsAt === '' ? '' : `[${listing.rowsAt}]`}[49][${listing.rowId}]`;
}
