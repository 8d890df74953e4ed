import { keepPreviousData, queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { answerOf, api } from '../api/client.js';
import type { CaseLane, ListedCase } from '../api/schema.js';
import { useLive } from '../live/live-changes.js';

/** Changes come every second; a queue that is worked in is read again this often at most. */
const REFRESH_MS = 5_000;
const POLL_LIVE_MS = 20_000;
const POLL_MS = 10_000;
/** A card that was read lately is shown at once, and read again behind. */
const CARD_STALE_MS = 4_000;

/** Lists of cases, whatever they are asked for. */
export const listKey = (portalId: string) => ['cases', portalId, 'list'] as const;
const summaryKey = (portalId: string) => ['cases', portalId, 'summary'] as const;

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

/** The line of a case that stands in no list that was read, from its card; nothing is asked for none. */
export function useRowOfCard(portalId: string, caseId: string | undefined): ListedCase | undefined {
  const card = useQuery({ ...cardQuery(portalId, caseId ?? ''), enabled: caseId !== undefined }).data;
  return useMemo(() => (card === undefined ? undefined : { ...card.row, ofPerson: 1, ofRule: 1 }), [card]);
}

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

/** Whether the list is read or going to be read anyway, whatever moved. */
export type ListReading = { current: boolean };

/** Reads list and figures again. */
export function useReadAgain(portalId: string): { readAgain: () => void; reading: ListReading } {
  const queries = useQueryClient();
  const reading = useRef(false);
  const readAgain = useCallback(() => {
    reading.current = true;
    void queries.invalidateQueries({ queryKey: listKey(portalId) });
    void queries.invalidateQueries({ queryKey: summaryKey(portalId) }).finally(() => {
      // Whoever waits for the figures hears of them first.
      window.setTimeout(() => (reading.current = false));
    });
  }, [queries, portalId]);
  return { readAgain, reading };
}

/** Reads the summary again when the portal changed, and the list when the summary says that something moved. */
export function useQueueRefresh(portalId: string, lane: CaseLane, reading: ListReading): void {
  const queries = useQueryClient();
  const { lastChange } = useLive();
  const summary = useCaseSummary(portalId).data;
  const timer = useRef<number | undefined>(undefined);
  const lastAtMs = useRef(0);
  const moved = summary === undefined ? null : `${summary.lanes[lane] ?? 0}:${summary.overdue}`;
  const before = useRef<{ lane: string; moved: string } | null>(null);

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
    before.current = { lane, moved };
    if (known?.lane === lane && known.moved !== moved && !reading.current) {
      void queries.invalidateQueries({ queryKey: listKey(portalId) });
    }
  }, [moved, lane, queries, portalId, reading]);
}

const CONFIGURATION_STALE_MS = 300_000;

/** A portal's pipelines with their stages. */
export function usePipelineStages(portalId: string) {
  return useQuery({
    queryKey: ['cases', portalId, 'stages'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/pipelines', { params: { path: { portalId }, query: {} }, signal })),
    staleTime: CONFIGURATION_STALE_MS,
  });
}

/** Names of a portal's pipelines and stages by their ids. */
export function useStageNames(portalId: string): ReadonlyMap<string, string> {
  const pipelines = usePipelineStages(portalId);
  return useMemo(() => {
    const names = new Map<string, string>();
    for (const { pipelineId, name, stages } of pipelines.data?.items ?? []) {
      names.set(pipelineId, name);
      for (const { stageId, name: stage } of stages) if (!names.has(stageId)) names.set(stageId, stage);
    }
    return names;
  }, [pipelines.data]);
}
