import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerCaughtUp, answerOf, api } from '../api/client.js';
import type { MotivationScheme, SchemeBody } from '../api/schema.js';

const schemesKey = (portalId: string) => ['schemes', portalId] as const;

/** Schemes of a portal; to sellers those that pay them. */
export function useSchemes(portalId: string) {
  return useQuery({
    queryKey: schemesKey(portalId),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/schemes', { params: { path: { portalId }, query: {} }, signal })),
  });
}

/** What is wrong with a scheme while it is written; what was told before stays in sight meanwhile. */
export function useSchemePreview(portalId: string, scheme: MotivationScheme | null) {
  return useQuery({
    enabled: scheme !== null,
    queryKey: [...schemesKey(portalId), 'preview', scheme],
    queryFn: ({ signal }) =>
      answerOf(
        api.POST('/api/v1/portals/{portalId}/scheme-preview', {
          params: { path: { portalId } },
          body: { scheme: scheme as MotivationScheme },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });
}

/** What a scheme would have paid in recorded months; asked for by hand, because it reads what people earn. */
export function useSimulation(portalId: string) {
  return useMutation({
    mutationFn: (body: SchemeBody & { from: string; to: string }) =>
      answerOf(api.POST('/api/v1/portals/{portalId}/scheme-simulation', { params: { path: { portalId } }, body })),
  });
}

/** Writes schemes and takes them through their life; the list is read again as of the decision. */
export function useManageSchemes(portalId: string) {
  const queries = useQueryClient();
  const onSuccess = async ({ position }: { position: string }) => {
    const list = await answerCaughtUp(() =>
      api.GET('/api/v1/portals/{portalId}/schemes', {
        params: { path: { portalId }, query: { minPosition: position } },
      }),
    );
    queries.setQueryData(schemesKey(portalId), list);
    await queries.invalidateQueries({ queryKey: ['pay', portalId] });
  };
  const at = (schemeId: string) => ({ params: { path: { portalId, schemeId } } });
  return {
    write: useMutation({
      mutationFn: async ({ schemeId, body }: { schemeId: string | null; body: SchemeBody }) => {
        if (schemeId === null)
          return answerOf(api.POST('/api/v1/portals/{portalId}/schemes', { params: { path: { portalId } }, body }));
        const decided = api.PUT('/api/v1/portals/{portalId}/schemes/{schemeId}', { ...at(schemeId), body });
        return { schemeId, ...(await answerOf(decided)) };
      },
      onSuccess,
    }),
    approve: useMutation({
      mutationFn: ({ schemeId, version }: { schemeId: string; version: number }) =>
        answerOf(
          api.POST('/api/v1/portals/{portalId}/schemes/{schemeId}/approval', { ...at(schemeId), body: { version } }),
        ),
      onSuccess,
    }),
    issue: useMutation({
      mutationFn: ({ schemeId, ...body }: { schemeId: string; version: number; fromMonth: string }) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/schemes/{schemeId}/issue', { ...at(schemeId), body })),
      onSuccess,
    }),
    sign: useMutation({
      mutationFn: ({ schemeId, version }: { schemeId: string; version: number }) =>
        answerOf(
          api.POST('/api/v1/portals/{portalId}/schemes/{schemeId}/signature', { ...at(schemeId), body: { version } }),
        ),
      onSuccess,
    }),
    withdraw: useMutation({
      mutationFn: ({ schemeId, fromMonth }: { schemeId: string; fromMonth: string }) =>
        answerOf(
          api.DELETE('/api/v1/portals/{portalId}/schemes/{schemeId}', {
            params: { path: { portalId, schemeId }, query: { fromMonth } },
          }),
        ),
      onSuccess,
    }),
  };
}
