import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { answerOf, api } from '../api/client.js';
import type { CasePage, ListedCase } from '../api/schema.js';
import { nextPart, previousPart, rowsOf, PAGE_CASES } from './case-pages.js';
import type { CasePart } from './case-pages.js';
import { ranksOf } from './group-ranks.js';
import { askedOf } from './queue-search.js';
import type { QueueFilter } from './queue-search.js';
import { listKey } from './use-cases.js';

/**
 * Cases of a filter, as far as they were scrolled to from where one began: at the top, or around the case `wanted`. While
 * one stays with a filter (`scope`) people and rules keep their order; it is made anew for another filter, for another
 * visit, and by `renew`.
 */
export function useCaseList(portalId: string, filter: QueueFilter, scope: string, wanted: string | undefined) {
  const queries = useQueryClient();
  const [place, setPlace] = useState({ scope, around: wanted });
  // Another list begins where its address says.
  if (place.scope !== scope) setPlace({ scope, around: wanted });
  const around = place.scope === scope ? place.around : wanted;
  const kept = useRef<{ scope: string; order: string } | null>(null);

  const ask = useCallback(
    async (part: CasePart, signal?: AbortSignal): Promise<CasePage> => {
      const order = kept.current?.scope === scope ? kept.current.order : '';
      const query = { ...askedOf(filter), ...part, ...(order !== '' && { order }) };
      const path = '/api/v1/portals/{portalId}/cases';
      const page = await answerOf(api.GET(path, { params: { path: { portalId }, query }, ...(signal && { signal }) }));
      kept.current = { scope, order: page.order };
      return page;
    },
    [portalId, filter, scope],
  );

  const queryKey = [...listKey(portalId), filter, around ?? ''];
  const list = useInfiniteQuery({
    queryKey,
    queryFn: ({ signal, pageParam }) => {
      // Once read, a part stays where it is: the case one came for may be decided by now.
      const read = queries.getQueryData<InfiniteData<CasePage>>(queryKey)?.pages[0];
      const isKnown = pageParam.around !== undefined && read !== undefined;
      return ask(isKnown ? { offset: read.offset, limit: PAGE_CASES } : pageParam, signal);
    },
    initialPageParam: { offset: 0, limit: PAGE_CASES, ...(around !== undefined && { around }) },
    getNextPageParam: nextPart,
    getPreviousPageParam: previousPart,
    // The window moves within the list that is shown; another filter shows nothing of the one before.
    placeholderData: (before, query) => (query?.queryKey[3] === filter ? before : undefined),
    // Whoever comes back sees at once what there was, and in its order as soon as it is read.
    staleTime: 0,
  });
  const { pages } = list.data ?? {};
  const read = useMemo<readonly ListedCase[]>(() => rowsOf(pages ?? []), [pages]);
  const ranks = useMemo(() => ranksOf(pages?.at(-1)?.order ?? ''), [pages]);

  const renew = useCallback(() => {
    kept.current = null;
    void queries.invalidateQueries({ queryKey: listKey(portalId) });
  }, [queries, portalId]);
  const moveTo = useCallback((caseId: string) => setPlace({ scope, around: caseId }), [scope]);
  return { list, read, ranks, renew, ask, moveTo };
}

type CaseListRead = ReturnType<typeof useCaseList>;

/** Lets the list be read around the case at the cursor when it is in the list, but in no part that was read. */
export function useCaseInSight({ list, ask, moveTo }: CaseListRead, cursor: string | undefined, isShown: boolean) {
  const looked = useRef('');
  const { dataUpdatedAt, isFetching } = list;
  useEffect(() => {
    const sight = `${cursor} ${dataUpdatedAt}`;
    if (cursor === undefined || isShown || isFetching || dataUpdatedAt === 0 || looked.current === sight) return;
    looked.current = sight;
    void ask({ offset: 0, limit: 1, around: cursor }).then(
      ({ items }) => items[0]?.caseId === cursor && looked.current === sight && moveTo(cursor),
      () => {
        // It is looked for again when the list is read again.
      },
    );
  }, [cursor, isShown, isFetching, dataUpdatedAt, ask, moveTo]);
}
