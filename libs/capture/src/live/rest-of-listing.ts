import { type Listing, type Row } from '@funnelwatch/bitrix24';
import { lastIdReference, PAGE_ROWS, pageCommand, type PageQuery, rowsOfChain } from '../listings/page-command.js';
import type { PortalSession } from '../portal-session.js';

/** Pages asked for in one further request of a live feed. */
const PAGES_PER_REQUEST = 10;

/** Everything behind a full first page, some pages per request. */
export async function* restOfListing(
  session: PortalSession,
  listing: Listing,
  query: Omit<PageQuery, 'after' | 'direction'>,
  after: number,
  priority: 'live' | 'reconcile' = 'live',
  pagesPerRequest = PAGES_PER_REQUEST,
): AsyncGenerator<{ rows: Row[]; observedAt: string; request: number; isEnd: boolean }, void, undefined> {
  let last: number = after;
  for (;;) {
    const keys = Array.from({ length: pagesPerRequest }, (_, page) => `p${page}`);
    const commands = Object.fromEntries(
      keys.map((key, page) => [
        key,
        pageCommand(listing, { ...query, after: page === 0 ? last : lastIdReference(listing, `p${page - 1}`) }),
      ]),
    );
    const request = session.nextRequest();
    const { outcomes } = await session.client.batch(commands, { priority, signal: session.signal });
    const results: unknown[] = [];
    let observedAt: string | undefined;
    for (const [page, key] of keys.entries()) {
      const outcome = outcomes[key];
      if (outcome && !outcome.ok && page === 0) throw outcome.failure;
      if (!outcome?.ok) break;
      observedAt ??= outcome.time?.startedAt;
      results.push(outcome.result);
    }
    if (observedAt === undefined) throw new Error('The portal answered without its time');
    const chain = rowsOfChain(listing, results, last);
    last = chain.last ?? last;
    yield { rows: chain.rows, observedAt, request, isEnd: chain.isEnd };
    if (chain.isEnd) return;
  }
}

export const isFullPage = (rows: readonly unknown[]): boolean => rows.length >= PAGE_ROWS;
