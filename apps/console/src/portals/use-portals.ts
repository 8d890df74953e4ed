import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { answerOf, api, doneOf } from '../api/client.js';
import type { ChangePortal, Portal } from '../api/schema.js';
import { meQuery } from '../session/use-me.js';

const REFRESH_MS = 3000;

/** The list, and what may be done in which portal. */
function readAgain(queries: QueryClient): Promise<unknown> {
  return Promise.all([
    queries.invalidateQueries({ queryKey: ['portals'] }),
    queries.invalidateQueries({ queryKey: meQuery.queryKey }),
  ]);
}

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

/** Name and zone of a portal; whoever asks is not drawn again for anything else that is told of it. */
export function usePortalName(portalId: string): Pick<Portal, 'name' | 'zone'> | undefined {
  return (
    useQuery({
      ...portalsQuery,
      select: ({ items }) => {
        const portal = items.find((each) => each.portalId === portalId && each.status !== 'removed');
        return portal === undefined ? null : { name: portal.name, zone: portal.zone };
      },
    }).data ?? undefined
  );
}

/** Connects a portal by its incoming webhook. */
export function useRegisterPortal() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { webhookUrl: string; name?: string }) => answerOf(api.POST('/api/v1/portals', { body })),
    onSuccess: () => readAgain(queries),
  });
}

/** What a person does with a portal that is connected; lists show it at once. */
export function useManagePortal(portalId: string) {
  const queries = useQueryClient();
  const onSuccess = () => readAgain(queries);
  const params = { path: { portalId } };
  return {
    change: useMutation({
      mutationFn: (body: ChangePortal) => answerOf(api.PATCH('/api/v1/portals/{portalId}', { params, body })),
      onSuccess,
    }),
    replaceWebhook: useMutation({
      mutationFn: (webhookUrl: string) =>
        answerOf(api.PUT('/api/v1/portals/{portalId}/webhook', { params, body: { webhookUrl } })),
      onSuccess,
    }),
    pause: useMutation({
      mutationFn: () => answerOf(api.POST('/api/v1/portals/{portalId}/pause', { params })),
      onSuccess,
    }),
    resume: useMutation({
      mutationFn: () => answerOf(api.POST('/api/v1/portals/{portalId}/resume', { params })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: () => doneOf(api.DELETE('/api/v1/portals/{portalId}', { params })),
      onSuccess,
    }),
  };
}
