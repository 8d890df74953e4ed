import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import { welcome } from '../session/use-session.js';

/** Makes an account by a first link or an invitation, and signs in. */
export function useJoin(token: string, onEntered: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (person: { name: string; email: string; password: string }) =>
      answerOf(api.POST('/api/v1/links/join', { body: { token, ...person } })),
    onSuccess: (me) => {
      welcome(queries, me);
      onEntered();
    },
  });
}

/** Takes an invitation with the account one is signed in with. */
export function useJoinSignedIn(token: string, onEntered: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => answerOf(api.POST('/api/v1/links/join-signed-in', { body: { token } })),
    onSuccess: (me) => {
      welcome(queries, me);
      onEntered();
    },
  });
}

/** Sets a password by a link of an administrator, and signs in. */
export function useReset(token: string, onEntered: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (password: string) => answerOf(api.POST('/api/v1/links/reset', { body: { token, password } })),
    onSuccess: (me) => {
      welcome(queries, me);
      onEntered();
    },
  });
}
