import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InfiniteData } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { QuarantinePage } from '../api/schema.js';

const REFRESH_MS = 2000;
const SLOWER_REFRESH_MS = 5000;
const PAGE_EVENTS = 50;

/** Workers, lag, holes and quarantine at a glance; read again every two seconds. */
export function useOperations() {
  return useQuery({
    queryKey: ['operations', 'summary'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operations', { signal })),
    refetchInterval: REFRESH_MS,
  });
}

/** Signals that somebody has to look at, and how many there are in all. */
export function useSignals() {
  return useQuery({
    queryKey: ['operations', 'signals'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/operations/signals', { params: { query: { least: 'warning' } }, signal })),
    refetchInterval: SLOWER_REFRESH_MS,
  });
}

/** Freshness, completeness, limits, queue and messages of each portal. */
export function useCapture() {
  return useQuery({
    queryKey: ['operations', 'capture'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operations/capture', { signal })),
    refetchInterval: SLOWER_REFRESH_MS,
  });
}

/** Generations of the read models with the progress of what is built. */
export function useRebuilds() {
  return useQuery({
    queryKey: ['operations', 'rebuilds'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/operations/rebuilds', { signal })),
    select: (list) => list.items,
    refetchInterval: REFRESH_MS,
  });
}

const quarantineKey = ['operations', 'quarantine'] as const;

/** Events that read models could not apply, oldest first, page after page. */
export function useQuarantine() {
  return useInfiniteQuery({
    queryKey: quarantineKey,
    queryFn: ({ signal, pageParam }) =>
      answerOf(
        api.GET('/api/v1/operations/quarantine', {
          params: { query: { limit: PAGE_EVENTS, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    refetchInterval: SLOWER_REFRESH_MS,
  });
}

type Quarantine = InfiniteData<QuarantinePage, string | null>;

/** Asks to try an event again with its whole stream, which is marked at once and again as before if that fails. */
export function useRetryQuarantined() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      answerOf(api.POST('/api/v1/operations/quarantine/{id}/retry', { params: { path: { id } } })),
    onMutate: async (id) => {
      await queries.cancelQueries({ queryKey: quarantineKey });
      const before = queries.getQueryData<Quarantine>(quarantineKey);
      if (before !== undefined) {
        queries.setQueryData<Quarantine>(quarantineKey, markRetried(before, id, new Date().toISOString()));
      }
      return { before };
    },
    onError: (_error, _id, context) => queries.setQueryData(quarantineKey, context?.before),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations'] }),
  });
}

/** The list with every event of the event's stream awaiting a retry since `at`. */
export function markRetried(quarantine: Quarantine, id: number, at: string): Quarantine {
  const asked = quarantine.pages.flatMap((page) => page.items).find((event) => event.id === id);
  if (asked === undefined) return quarantine;
  return {
    ...quarantine,
    pages: quarantine.pages.map((page) => ({
      ...page,
      items: page.items.map((event) =>
        event.projection === asked.projection && event.portalId === asked.portalId && event.streamId === asked.streamId
          ? { ...event, retryRequestedAt: event.retryRequestedAt ?? at }
          : event,
      ),
    })),
  };
}
