import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerCaughtUp, answerOf, api } from '../api/client.js';
import type { IndicatorBody, PlanBody, PlanContent } from '../api/schema.js';

const plansKey = (portalId: string) => ['plans', portalId] as const;
const STALE_MS = 60_000;

/** Plans of a month. */
export function usePlans(portalId: string, month: string) {
  return useQuery({
    queryKey: [...plansKey(portalId), 'list', month],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/plans', { params: { path: { portalId }, query: { month } }, signal }),
      ),
  });
}

/** What is counted as an action. */
export function useIndicators(portalId: string) {
  return useQuery({
    queryKey: [...plansKey(portalId), 'indicators'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/indicators', { params: { path: { portalId }, query: {} }, signal })),
    staleTime: STALE_MS,
  });
}

const PACE_AGAIN_MS = 30_000;

/** What was done of the plans of a month by now; read again while it is looked at. */
export function usePace(portalId: string, month: string) {
  return useQuery({
    queryKey: [...plansKey(portalId), 'pace', month],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/pace', { params: { path: { portalId }, query: { month } }, signal }),
      ),
    refetchInterval: PACE_AGAIN_MS,
  });
}

/** What a plan would come to; the figures before stay in sight while the next ones are counted. */
export function usePlanPreview(portalId: string, content: PlanContent | null) {
  return useQuery({
    enabled: content !== null,
    queryKey: [...plansKey(portalId), 'preview', content],
    queryFn: ({ signal }) =>
      answerOf(
        api.POST('/api/v1/portals/{portalId}/plan-preview', {
          params: { path: { portalId } },
          body: { content: content as PlanContent },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
  });
}

export type BaseQuestion = {
  pipeline: string;
  from: string;
  to: string;
  horizonDays: number | null;
  method: 'cohort' | 'period';
};

/** How many records of a window reached each stage. */
export function useConversionBase(portalId: string, question: BaseQuestion | null) {
  return useQuery({
    enabled: question !== null,
    queryKey: [...plansKey(portalId), 'base', question],
    queryFn: ({ signal }) => {
      const { horizonDays, ...asked } = question as BaseQuestion;
      const query = { ...asked, ...(horizonDays !== null && { horizonDays }) };
      return answerOf(
        api.GET('/api/v1/portals/{portalId}/conversion-base', { params: { path: { portalId }, query }, signal }),
      );
    },
    placeholderData: keepPreviousData,
    staleTime: STALE_MS,
  });
}

/** Writes, promises, signs and withdraws plans; the list is read again as of the decision. */
export function useManagePlans(portalId: string, month: string) {
  const queries = useQueryClient();
  const onSuccess = async ({ position }: { position: string }) => {
    const list = await answerCaughtUp(() =>
      api.GET('/api/v1/portals/{portalId}/plans', {
        params: { path: { portalId }, query: { month, minPosition: position } },
      }),
    );
    queries.setQueryData([...plansKey(portalId), 'list', month], list);
    void queries.invalidateQueries({ queryKey: [...plansKey(portalId), 'indicators'] });
  };
  const at = (planId: string) => ({ params: { path: { portalId, planId } } });
  return {
    write: useMutation({
      mutationFn: async ({ planId, body, indicators }: Written) => {
        for (const { indicatorId, ...indicator } of indicators) {
          const path = { portalId, indicatorId };
          await answerOf(
            api.PUT('/api/v1/portals/{portalId}/indicators/{indicatorId}', { params: { path }, body: indicator }),
          );
        }
        if (planId !== null)
          return {
            planId,
            ...(await answerOf(api.PUT('/api/v1/portals/{portalId}/plans/{planId}', { ...at(planId), body }))),
          };
        return answerOf(api.POST('/api/v1/portals/{portalId}/plans', { params: { path: { portalId } }, body }));
      },
      onSuccess,
    }),
    issue: useMutation({
      mutationFn: ({ planId, ...body }: { planId: string; version: number; effectiveFrom: string }) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/plans/{planId}/issue', { ...at(planId), body })),
      onSuccess,
    }),
    sign: useMutation({
      mutationFn: ({ planId, ...body }: { planId: string; version: number }) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/plans/{planId}/signature', { ...at(planId), body })),
      onSuccess,
    }),
    withdraw: useMutation({
      mutationFn: (planId: string) => answerOf(api.DELETE('/api/v1/portals/{portalId}/plans/{planId}', at(planId))),
      onSuccess,
    }),
  };
}

/** What is written: a new plan, or one over; with the indicators it goes by. */
export type Written = {
  planId: string | null;
  body: PlanBody;
  indicators: readonly (IndicatorBody & { indicatorId: string })[];
};
