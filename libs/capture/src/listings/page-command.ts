import { type Command, type Listing, listingCommand, type ListingQuery, type Row, rowsOf } from '@funnelwatch/bitrix24';

/** Rows of a full page; a shorter page is the last one. */
export const PAGE_ROWS = 50;

export interface PageQuery extends Omit<ListingQuery, 'after'> {
  /** Ids beyond which the page begins; a text is a reference into the same batch. */
  after?: number | string;
  direction?: 'ascending' | 'descending';
}

/** One page of a listing in either direction. */
export function pageCommand(listing: Listing, query: PageQuery): Command {
  const { direction = 'ascending', after, ...rest } = query;
  if (direction === 'ascending') return listingCommand(listing, { ...rest, after });
  const below = after === undefined ? {} : { [`<${listing.filterId}`]: after };
  const command = listingCommand(listing, { ...rest, filter: { ...rest.filter, ...below } });
  return { ...command, params: { ...command.params, ...descendingOrder(listing) } };
}

function descendingOrder({ fixed }: Listing): Command['params'] {
  if ('ORDER' in fixed) return { ORDER: 'DESC' };
  return typeof fixed['order'] === 'string' ? { order: 'DESC' } : { order: orderById(fixed['order'], 'DESC') };
}

function orderById(order: unknown, direction: 'DESC'): Record<string, string> {
  const [name = 'ID'] = typeof order === 'object' && order !== null ? Object.keys(order) : [];
  return { [name]: direction };
}

/** Reference to the id of the last row of a full page of an earlier command of the same batch. */
export function lastIdReference(listing: Listing, key: string): string {
  return `$result[${key}]${listing.rowsAt === '' ? '' : `[${listing.rowsAt}]`}[${PAGE_ROWS - 1}][${listing.rowId}]`;
}

/** Id of a row as a number; NaN when it has none. */
export function numberOf(listing: Listing, row: Row): number {
  const id = row[listing.rowId];
  return typeof id === 'number' || (typeof id === 'string' && id !== '') ? Number(id) : Number.NaN;
}

export interface ChainedPages {
  rows: Row[];
  /** Id of the last row, undefined when there was none. */
  last: number | undefined;
  /** Whether the end was reached: a short page was among them. */
  isEnd: boolean;
}

/**
 * Rows of chained pages up to the first short one. What follows it referred to a row that does not exist and is
 * garbage; rows that do not lead on from the one before are dropped.
 */
export function rowsOfChain(
  listing: Listing,
  results: unknown[],
  after: number | undefined,
  direction: 'ascending' | 'descending' = 'ascending',
): ChainedPages {
  const rows: Row[] = [];
  let last = after;
  for (const result of results) {
    const page = rowsOf(listing, result);
    for (const row of page) {
      const id = numberOf(listing, row);
      const leadsOn = last === undefined || (direction === 'ascending' ? id > last : id < last);
      if (Number.isNaN(id) || !leadsOn) continue;
      rows.push(row);
      last = id;
    }
    if (page.length < PAGE_ROWS) return { rows, last, isEnd: true };
  }
  return { rows, last, isEnd: false };
}
