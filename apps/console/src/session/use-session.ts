import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { answerOf, api, doneOf } from '../api/client.js';
import type { Me, Role } from '../api/schema.js';
import { forgetPersonal } from '../personal/personal-memory.js';
import { meQuery } from './use-me.js';

/** Ways to sign in here. */
export function useSignInOptions() {
  return useQuery({
    queryKey: ['sign-in-options'],
    queryFn: ({ signal }) => answerOf(api.GET('/api/v1/sign-in', { signal })),
  });
}

/** Makes somebody the one who is signed in; what was read for somebody else before is forgotten. */
export function welcome(queries: QueryClient, me: Me): void {
  // What is asked without anybody being signed in is the same for everybody.
  queries.removeQueries({ predicate: ({ queryKey: [first] }) => first !== 'link' && first !== 'sign-in-options' });
  forgetPersonal();
  queries.setQueryData(meQuery.queryKey, me);
}

/** Signs in with e-mail and password. */
export function useSignIn(onSignedIn: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { email: string; password: string }) => answerOf(api.POST('/api/v1/session', { body })),
    onSuccess: (me) => {
      welcome(queries, me);
      onSignedIn();
    },
  });
}

/** Signs in with a ready account of the simulated portal. */
export function useDemoSignIn(onSignedIn: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (role: Role) => answerOf(api.POST('/api/v1/session/demo', { body: { role } })),
    onSuccess: (me) => {
      welcome(queries, me);
      onSignedIn();
    },
  });
}

/** Signs out; the page is loaded anew, so that nothing read before stays in its memory. */
export function useSignOut() {
  return useMutation({
    mutationFn: () => doneOf(api.DELETE('/api/v1/session')),
    onSuccess: () => {
      forgetPersonal();
      window.location.assign('/sign-in');
    },
  });
}
