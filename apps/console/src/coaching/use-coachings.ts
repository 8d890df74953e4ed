import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerCaughtUp, answerOf, api } from '../api/client.js';

export type CoachingStatus = 'open' | 'done';

const REFRESH_MS = 60_000;
const key = (portalId: string, status: CoachingStatus) => ['cases', portalId, 'coachings', status];

/** Talks to hold about a rule that somebody broke three times in a month, or those that were held. */
export function useCoachings(portalId: string, status: CoachingStatus, isWanted: boolean) {
  return useQuery({
    enabled: isWanted,
    queryKey: key(portalId, status),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/coachings', { params: { path: { portalId }, query: { status } }, signal }),
      ),
    refetchInterval: REFRESH_MS,
  });
}

/** Says that a talk was held, or takes that back; both lists are read again as of then. */
export function useHandleCoaching(portalId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ coachingId, isHeld }: { coachingId: string; isHeld: boolean }) => {
      const of = { params: { path: { portalId, coachingId } } };
      return answerOf(
        isHeld
          ? api.PUT('/api/v1/portals/{portalId}/coachings/{coachingId}/done', of)
          : api.DELETE('/api/v1/portals/{portalId}/coachings/{coachingId}/done', of),
      );
    },
    onSuccess: async ({ position }) => {
      for (const status of ['open', 'done'] as const) {
        const list = await answerCaughtUp(() =>
          api.GET('/api/v1/portals/{portalId}/coachings', {
            params: { path: { portalId }, query: { status, minPosition: position } },
          }),
        );
        queries.setQueryData(key(portalId, status), list);
      }
    },
  });
}
