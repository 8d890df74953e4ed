import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, doneOf } from '../api/client.js';

const sessionsKey = ['sessions'] as const;

/** Where one is signed in. */
export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/sessions', { signal })),
    select: (list) => list.items,
  });
}

/** What somebody does about their own sessions and password. */
export function useOwnAccount() {
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: sessionsKey });
  return {
    end: useMutation({
      mutationFn: (sessionId: string) =>
        doneOf(api.DELETE('/api/v1/sessions/{sessionId}', { params: { path: { sessionId } } })),
      onSettled: onSuccess,
    }),
    endOthers: useMutation({ mutationFn: () => doneOf(api.DELETE('/api/v1/sessions')), onSettled: onSuccess }),
    changePassword: useMutation({
      mutationFn: (body: { current: string; next: string }) => doneOf(api.PUT('/api/v1/session/password', { body })),
      onSuccess,
    }),
  };
}
