import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, doneOf } from '../api/client.js';
import type { PortalRole } from '../api/schema.js';

const peopleKey = (portalId: string) => ['people', portalId] as const;

/** Users of a portal with their access, and people from elsewhere. */
export function usePeople(portalId: string, { isWanted = true }: { isWanted?: boolean } = {}) {
  return useQuery({
    enabled: isWanted,
    queryKey: [...peopleKey(portalId), 'list'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/people', { params: { path: { portalId } }, signal })),
  });
}

/** Who stands in for whom, now or soon. */
export function useSubstitutions(portalId: string) {
  return useQuery({
    queryKey: [...peopleKey(portalId), 'substitutions'],
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/substitutions', { params: { path: { portalId } }, signal })),
    select: (list) => list.items,
  });
}

/** Gives access to a portal and takes it away; the list shows it at once. */
export function useManagePeople(portalId: string) {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: peopleKey(portalId) });
  return {
    invite: useMutation({
      mutationFn: (body: { role: PortalRole; userId?: string }) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/invitations', { params: { path: { portalId } }, body })),
      onSettled,
    }),
    withdrawInvitation: useMutation({
      mutationFn: (invitationId: string) =>
        doneOf(
          api.DELETE('/api/v1/portals/{portalId}/invitations/{invitationId}', {
            params: { path: { portalId, invitationId } },
          }),
        ),
      onSettled,
    }),
    changeRole: useMutation({
      mutationFn: ({ accountId, role }: { accountId: string; role: PortalRole }) =>
        doneOf(
          api.PUT('/api/v1/portals/{portalId}/people/{accountId}', {
            params: { path: { portalId, accountId } },
            body: { role },
          }),
        ),
      onSettled,
    }),
    withdraw: useMutation({
      mutationFn: (accountId: string) =>
        doneOf(
          api.DELETE('/api/v1/portals/{portalId}/people/{accountId}', { params: { path: { portalId, accountId } } }),
        ),
      onSettled,
    }),
    arrange: useMutation({
      mutationFn: (body: { absentId: string; substituteId: string; startsAt: string; endsAt: string }) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/substitutions', { params: { path: { portalId } }, body })),
      onSettled,
    }),
    cancelSubstitution: useMutation({
      mutationFn: (substitutionId: string) =>
        doneOf(
          api.DELETE('/api/v1/portals/{portalId}/substitutions/{substitutionId}', {
            params: { path: { portalId, substitutionId } },
          }),
        ),
      onSettled,
    }),
  };
}
