import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { Portal } from '../api/schema.js';

const REFRESH_MS = 3000;

/** The list of portals as it is asked for everywhere. */
export const portalsQuery = queryOptions({
  queryKey: ['portals'],
  queryFn: ({ signal }) => answerOf(api.GET('/api/v1/portals', { signal })),
});

/** Every portal with its connection, backfill and freshness; read again every few seconds. */
export function usePortals() {
  return useQuery({
    ...portalsQuery,
    select: (list) => list.items.filter((portal) => portal.status !== 'removed'),
    refetchInterval: REFRESH_MS,
  });
}

/** One portal out of the same list, so that header, badge and page never disagree. */
export function usePortal(portalId: string | undefined): Portal | undefined {
  const portals = usePortals();
  return portals.data?.find((portal) => portal.portalId === portalId);
}

/** Connects a portal by its incoming webhook. */
export function useRegisterPortal() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { webhookUrl: string; name?: string }) => answerOf(api.POST('/api/v1/portals', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['portals'] }),
  });
}
