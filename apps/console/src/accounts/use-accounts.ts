import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { InstallationRole } from '@funnelwatch/identity-contracts';
import { answerOf, api, doneOf } from '../api/client.js';

const accountsKey = ['accounts'] as const;

/** Everybody who can sign in, with all their roles. */
export function useAccounts(isWanted = true) {
  return useQuery({
    queryKey: accountsKey,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/accounts', { signal })),
    enabled: isWanted,
  });
}

/** What the integrator does about accounts; the list shows it at once. */
export function useManageAccounts() {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: accountsKey });
  return {
    invite: useMutation({
      mutationFn: (role: InstallationRole) => answerOf(api.POST('/api/v1/accounts/invitations', { body: { role } })),
      onSettled,
    }),
    withdrawInvitation: useMutation({
      mutationFn: (invitationId: string) =>
        doneOf(api.DELETE('/api/v1/accounts/invitations/{invitationId}', { params: { path: { invitationId } } })),
      onSettled,
    }),
    createResetLink: useMutation({
      mutationFn: (accountId: string) =>
        answerOf(api.POST('/api/v1/accounts/{accountId}/reset-link', { params: { path: { accountId } } })),
    }),
    endSessions: useMutation({
      mutationFn: (accountId: string) =>
        doneOf(api.DELETE('/api/v1/accounts/{accountId}/sessions', { params: { path: { accountId } } })),
      onSettled,
    }),
    withdrawRole: useMutation({
      mutationFn: (accountId: string) =>
        doneOf(api.DELETE('/api/v1/accounts/{accountId}/installation-role', { params: { path: { accountId } } })),
      onSettled,
    }),
  };
}
