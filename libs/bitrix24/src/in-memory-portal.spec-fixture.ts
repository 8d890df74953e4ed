import type { BatchOutcome } from './batch-answer.js';
import type { BatchAnswer, Command } from './client.js';
import { failureOfError } from './classify.js';
import { idOf, type Listing, type Row } from './listings.js';
import { isMap } from './portal-time.js';
import type { BatchClient } from './walk-by-ids.js';

export interface PortalFaults {
  /** Error of a command, by the number of the request and of the command in it. */
  errorOf?: (request: number, command: number) => { error: string; error_description?: string } | undefined;
  /** References between commands are passed on as they are, so that the filter compares with a text. */
  /** Thrown for a whole request of this many commands. */
  failureOf?: (request: number, commands: number) => Error | undefined;
  withoutReferences?: boolean;
  ignoresFilter?: boolean;
  /** Called before each request: rows may come and go. */
  beforeRequest?: (request: number, ids: Set<number>) => void;
}

/**
 * A portal with one listing, as a client sees it: pages of 50 above an id, references that break off where a page is
 * short and then filter nothing.
 */
export function inMemoryPortal(listing: Listing, ids: Set<number>, faults: PortalFaults = {}) {
  let requests = 0;
  let commandCount = 0;
  const page = (after: number): Row[] => {
    const rows = [...ids].filter((id) => id > after).sort((one, other) => one - other);
    return rows.slice(0, 50).map((id) => ({ [listing.rowId]: listing.rowId === 'ID' ? String(id) : id }));
  };
  const batch = async <Key extends string>(commands: Record<Key, Command>): Promise<BatchAnswer<Key>> => {
    requests += 1;
    faults.beforeRequest?.(requests, ids);
    const failure = faults.failureOf?.(requests, Object.keys(commands).length);
    if (failure) throw failure;
    const outcomes: Record<string, BatchOutcome> = {};
    const pages = new Map<string, Row[]>();
    for (const [index, [key, command]] of Object.entries<Command>(commands).entries()) {
      commandCount += 1;
      const error = faults.errorOf?.(requests, index);
      if (error) {
        const context = { host: 'portal', method: command.method, idempotent: true };
        outcomes[key] = { ok: false, failure: failureOfError(error, null, context) };
        continue;
      }
      const filter = command.params?.[listing.filterName];
      const after = isMap(filter) ? filter[`>${listing.filterId}`] : undefined;
      const rows = page(faults.ignoresFilter ? 0 : resolve(after, pages));
      pages.set(key, rows);
      const result = listing.rowsAt === '' ? rows : { [listing.rowsAt]: rows };
      outcomes[key] = { ok: true, result, total: 0, next: null, time: null };
    }
    return { outcomes, time: null };
  };
  const resolve = (after: unknown, pages: Map<string, Row[]>): number => {
    if (typeof after === 'number') return after;
    const key = /^\$result\[(\w+)\]/.exec(String(after))?.[1] ?? '';
    const last = faults.withoutReferences ? undefined : pages.get(key)?.[49];
    return last ? idOf(listing, last) : 0;
  };
  const client: BatchClient = { host: 'portal', batch, retryPauseMs: () => 0 };
  return { client, requests: () => requests, commands: () => commandCount };
}
