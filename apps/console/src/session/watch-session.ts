import type { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/problem.js';
import { isPublicPage } from './safe-path.js';
import { meQuery } from './use-me.js';

/** Why somebody who was signed in is sent to sign in again. */
export type SignInReason = 'ended' | 'suspended';

/** Whether a failure means that the session is over, and why; null for every other failure. */
export function endOfSession(error: unknown): SignInReason | null {
  if (!(error instanceof ApiProblem)) return null;
  if (error.code === 'SIGN_IN_NEEDED') return 'ended';
  return error.code === 'ACCESS_SUSPENDED' ? 'suspended' : null;
}

/** The page where one signs in, on the way to `path`. */
export function signInAddress(path: string, why: SignInReason): string {
  const parameters = new URLSearchParams({ ...(path === '/' ? {} : { to: path }), why });
  return `/sign-in?${parameters.toString()}`;
}

/**
 * Sends whoever is no longer signed in to sign in, whichever question was answered so. The page is loaded anew, so that
 * nothing read before stays in its memory.
 */
export function watchSession(queries: QueryClient): void {
  let isLeaving = false;
  const look = (error: unknown) => {
    const why = endOfSession(error);
    const { pathname, search, hash } = window.location;
    // Whoever was never signed in here is sent there by the router.
    const wasSignedIn = queries.getQueryData(meQuery.queryKey) !== undefined;
    if (why === null || isLeaving || !wasSignedIn || isPublicPage(pathname)) return;
    isLeaving = true;
    window.location.assign(signInAddress(`${pathname}${search}${hash}`, why));
  };
  queries.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
  });
  queries.getMutationCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'error') look(event.action.error);
  });
}
