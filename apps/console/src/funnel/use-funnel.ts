import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { operations } from '../generated/api.js';
import { useMoment } from '../moment/moment.js';
import { personalRead, usePersonalMode } from '../personal/personal-data.js';
import type { Period } from './funnel-search.js';

type Place = { pipeline: string; seller: string };
type CohortRule = { definition: 'reached' | 'strict' | 'touched'; horizonDays: number | 'none' };

/** The parameters that say which number is meant; the same for its records and its explanation. */
export type FigureQuery = Omit<operations['explainFigure']['parameters']['query'], 'minPosition' | 'asOf' | 'asAt'>;

/** A portal's pipelines with their stages in order. */
export function usePipelines(portalId: string) {
  const query = useMoment();
  return useQuery({
    queryKey: ['portal', portalId, 'pipelines', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/pipelines', { params: { path: { portalId }, query }, signal })),
    placeholderData: keepPreviousData,
    select: (list) => list.items,
  });
}

/** People who own objects of the portal. */
export function useSellers(portalId: string) {
  const { asAt } = useMoment();
  const query = asAt === undefined ? {} : { asAt };
  return useQuery({
    queryKey: ['portal', portalId, 'sellers', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/sellers', { params: { path: { portalId }, query }, signal })),
    placeholderData: keepPreviousData,
    select: (list) => list.items,
  });
}

/** What stands in each stage now. */
export function useFunnelNow(portalId: string, place: Place) {
  const query = { ...place, ...useMoment() };
  return useQuery({
    queryKey: ['portal', portalId, 'now', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/funnel/now', { params: { path: { portalId }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** What moved in a period. */
export function useFunnelFlow(portalId: string, place: Place, period: Period) {
  const query = { ...place, ...period, ...useMoment() };
  return useQuery({
    queryKey: ['portal', portalId, 'flow', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/funnel/flow', { params: { path: { portalId }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** How far those who came in a period got. */
export function useFunnelCohort(portalId: string, place: Place, period: Period, rule: CohortRule) {
  const query = { ...place, ...period, ...rule, ...useMoment() };
  return useQuery({
    queryKey: ['portal', portalId, 'cohort', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/funnel/cohort', { params: { path: { portalId }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Where objects went when they left a stage in a period. */
export function useFunnelTransitions(portalId: string, place: Place, period: Period) {
  const query = { ...place, ...period, ...useMoment() };
  return useQuery({
    queryKey: ['portal', portalId, 'transitions', query],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/funnel/transitions', { params: { path: { portalId }, query }, signal }),
      ),
    placeholderData: keepPreviousData,
  });
}

/** Entries and results month by month; `from` in, `to` out (`YYYY-MM`). */
export function useFunnelMonths(portalId: string, place: Place, months: { from: string; to: string }) {
  const query = { ...place, ...months, ...useMoment() };
  return useQuery({
    queryKey: ['portal', portalId, 'months', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/funnel/months', { params: { path: { portalId }, query }, signal })),
    placeholderData: keepPreviousData,
  });
}

/** Changes of the configuration in a period, to be marked on charts. */
export function useAnnotations(portalId: string, pipeline: string, period: Period) {
  const { asAt } = useMoment();
  const query = { pipeline, ...period, ...(asAt !== undefined && { asAt }) };
  return useQuery({
    queryKey: ['portal', portalId, 'annotations', query],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/annotations', { params: { path: { portalId }, query }, signal })),
    select: (list) => list.items,
  });
}

const PAGE_RECORDS = 100;

/** The records behind a number, page after page. */
export function useFigureRecords(portalId: string, figure: FigureQuery) {
  const personal = usePersonalMode(portalId);
  const asked = { ...figure, ...useMoment(), personal };
  return useInfiniteQuery({
    ...personalRead(personal, null),
    queryKey: ['portal', portalId, 'records', asked],
    queryFn: ({ signal, pageParam }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/funnel/records', {
          params: {
            path: { portalId },
            query: { ...asked, limit: PAGE_RECORDS, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** How a number was counted. */
export function useFigureExplanation(portalId: string, figure: FigureQuery, isWanted: boolean) {
  const query = { ...figure, ...useMoment() };
  return useQuery({
    queryKey: ['portal', portalId, 'explain', query],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/funnel/explain', {
          params: { path: { portalId }, query },
          signal,
        }),
      ),
    enabled: isWanted,
  });
}
