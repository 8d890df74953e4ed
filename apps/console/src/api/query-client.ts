import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './problem.js';

/** A refusal stays a refusal; only failures that may pass are tried again. */
function mayPass(failures: number, error: unknown): boolean {
  if (error instanceof ApiProblem && error.status >= 400 && error.status < 500) return false;
  // The past is put together again while one waits.
  if (error instanceof ApiProblem && error.code === 'TIME_TRAVEL_PREPARING') return failures < 5;
  return failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: mayPass, staleTime: 5000, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
});
