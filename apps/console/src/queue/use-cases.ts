import { keepPreviousData, queryOptions, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { answerOf, api } from '../api/client.js';
import { useLive } from '../live/live-changes.js';
import { askedOf } from './queue-search.js';
import type { QueueFilter } from './queue-search.js';

const PAGE_CASES = 400;
/** Changes come every second; a queue that is worked in is read again this often at most. */
const REFRESH_MS = 5_000;
const POLL_LIVE_MS = 20_000;
const POLL_MS = 10_000;
/** A card that was read lately is shown at once, and read again behind. */
const CARD_STALE_MS = 4_000;

const listKey = (portalId: string) => ['cases', portalId, 'list'] as const;
const summaryKey = (portalId: string) => ['cases', portalId, 'summary'] as const;

/** Cases of a filter, as far as they were scrolled to. Its key is apart from the figures: it has a pace of its own. */
export function useCaseList(portalId: string, filter: QueueFilter) {
  return useInfiniteQuery({
    queryKey: [...listKey(portalId), filter],
    queryFn: ({ signal, pageParam }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/cases', {
          params: { path: { portalId }, query: { ...askedOf(filter), offset: pageParam, limit: PAGE_CASES } },
          signal,
        }),
      ),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const read = pages.reduce((sum, page) => sum + page.items.length, 0);
      return last.items.length === 0 || read >= last.total ? null : read;
    },
    staleTime: 15_000,
  });
}

/** How many cases are where, and what was checked. */
export function useCaseSummary(portalId: string) {
  const { state } = useLive();
  return useQuery({
    queryKey: summaryKey(portalId),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/case-summary', { params: { path: { portalId } }, signal })),
    refetchInterval: state === 'live' ? POLL_LIVE_MS : POLL_MS,
    placeholderData: keepPreviousData,
  });
}

/** One card as it is asked for everywhere. */
export const cardQuery = (portalId: string, caseId: string) =>
  queryOptions({
    queryKey: ['cases', portalId, 'card', caseId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/cases/{caseId}', { params: { path: { portalId, caseId } }, signal }),
      ),
    staleTime: CARD_STALE_MS,
  });

/** Rules with their conditions and precision; for whoever may read them. */
export function useRules(portalId: string, isWanted = true) {
  return useQuery({
    queryKey: ['cases', portalId, 'rules'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/rules', { params: { path: { portalId } }, signal })),
    staleTime: 20_000,
    enabled: isWanted,
  });
}

/** Reads the summary again when the portal changed, and the list when the summary says that something moved. */
export function useQueueRefresh(portalId: string, filter: QueueFilter) {
  const queries = useQueryClient();
  const { lastChange } = useLive();
  const summary = useCaseSummary(portalId).data;
  const timer = useRef<number | undefined>(undefined);
  const lastAtMs = useRef(0);
  const moved = summary === undefined ? null : `${summary.lanes[filter.lane] ?? 0}:${summary.overdue}`;
  const before = useRef<{ lane: string; moved: string } | null>(null);

  const readAgain = useCallback(() => {
    void queries.invalidateQueries({ queryKey: summaryKey(portalId) });
    void queries.invalidateQueries({ queryKey: listKey(portalId) });
  }, [queries, portalId]);

  useEffect(() => {
    if (lastChange === null || timer.current !== undefined) return;
    const wait = Math.max(0, lastAtMs.current + REFRESH_MS - Date.now());
    timer.current = window.setTimeout(() => {
      timer.current = undefined;
      lastAtMs.current = Date.now();
      void queries.invalidateQueries({ queryKey: summaryKey(portalId) });
    }, wait);
  }, [lastChange, queries, portalId]);
  useEffect(() => () => window.clearTimeout(timer.current), [portalId]);

  useEffect(() => {
    if (moved === null) return;
    const known = before.current;
    before.current = { lane: filter.lane, moved };
    if (known?.lane === filter.lane && known.moved !== moved) {
      void queries.invalidateQueries({ queryKey: listKey(portalId) });
    }
  }, [moved, filter.lane, queries, portalId]);

  return readAgain;
}

const CONFIGURATION_STALE_MS = 300_000;

/** Names of a portal's pipelines and stages by their ids. */
export function useStageNames(portalId: string): ReadonlyMap<string, string> {
  const pipelines = useQuery({
    queryKey: ['cases', portalId, 'stages'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/pipelines', { params: { path: { portalId }, query: {} }, signal })),
    staleTime: CONFIGURATION_STALE_MS,
  });
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const { pipelineId, name, stages } of pipelines.data?.items ?? []) {
      names.set(pipelineId, name);
      for (const { stageId, name: stage } of stages) if (!names.has(stageId)) names.set(stageId, stage);
    }
    return names;
  }, [pipelines.data]);
}
