import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, doneOf } from '../api/client.js';

const key = (portalId: string) => ['case-views', portalId] as const;

/** Views of the queue that one has saved. */
export function useViews(portalId: string, isWanted: boolean) {
  return useQuery({
    queryKey: key(portalId),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/case-views', { params: { path: { portalId } }, signal })),
    select: (list) => list.items,
    staleTime: 60_000,
    enabled: isWanted,
  });
}

/** Saves and removes views. */
export function useManageViews(portalId: string) {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: key(portalId) });
  return {
    save: useMutation({
      mutationFn: (body: { name: string; filter: Record<string, string> }) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/case-views', { params: { path: { portalId } }, body })),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (viewId: string) =>
        doneOf(
          api.DELETE('/api/v1/portals/{portalId}/case-views/{viewId}', { params: { path: { portalId, viewId } } }),
        ),
      onSettled,
    }),
  };
}
