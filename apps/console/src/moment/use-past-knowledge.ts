import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';

const PREPARING_MS = 400;
/** Often enough that what a page is about does not make way for something else. */
const IN_USE_MS = 10_000;
const BUSY_MS = 3000;
const BUSY_TRIES = 20;

/** Whether what was known at a position can be asked for, how far the preparation is, and when that was known. */
export function usePastKnowledge(portalId: string, asAt: string | undefined) {
  return useQuery({
    queryKey: ['past-knowledge', portalId, asAt],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/time-travel', {
          params: { path: { portalId }, query: { asAt: asAt ?? '' } },
          signal,
        }),
      ),
    enabled: asAt !== undefined,
    refetchInterval: (query) =>
      query.state.status === 'error' ? false : query.state.data?.state === 'ready' ? IN_USE_MS : PREPARING_MS,
    retry: (failures, error) =>
      error instanceof ApiProblem && error.code === 'TIME_TRAVEL_BUSY'
        ? failures < BUSY_TRIES
        : failures < 2 && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    retryDelay: BUSY_MS,
  });
}
