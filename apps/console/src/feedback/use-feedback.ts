import {
  keepPreviousData,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { answerOf, api, doneOf } from '../api/client.js';
import type { FeedbackChannel, PortalMessage, SendFeedback } from '../api/schema.js';
import { nextLookMs } from './message-standing.js';

const PAGE_MESSAGES = 50;
const CHANNELS_STALE_MS = 30_000;
const PREVIEW_STALE_MS = 15_000;

const channelsKey = (portalId: string) => ['feedback', portalId, 'channels'] as const;
const messagesKey = (portalId: string) => ['feedback', portalId, 'messages'] as const;
/** Beside the card of the case, with which it is read again. */
export const caseFeedbackKey = (portalId: string, caseId: string) => ['cases', portalId, 'feedback', caseId] as const;

/** How every way into the portal is set. */
export function useChannels(portalId: string, isWanted = true) {
  return useQuery({
    queryKey: channelsKey(portalId),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/channels', { params: { path: { portalId } }, signal })),
    select: ({ items }) => items,
    staleTime: CHANNELS_STALE_MS,
    enabled: isWanted,
  });
}

/** What was or will be said about a case, and what was answered; looked at often while something is about to leave. */
export function useCaseFeedback(portalId: string, caseId: string, isWanted = true) {
  return useQuery({
    queryKey: caseFeedbackKey(portalId, caseId),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/cases/{caseId}/feedback', {
          params: { path: { portalId, caseId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => nextLookMs(state.data?.items ?? [], Date.now()),
    staleTime: 1_000,
    enabled: isWanted,
  });
}

/** What feedback would write, to the letter, and what would keep it back, as it is asked for everywhere. */
export const feedbackPreview = (portalId: string, caseId: string, body: SendFeedback) =>
  queryOptions({
    queryKey: ['feedback', portalId, 'preview', caseId, body],
    queryFn: ({ signal }) =>
      answerOf(
        api.POST('/api/v1/portals/{portalId}/cases/{caseId}/feedback-preview', {
          params: { path: { portalId, caseId } },
          body,
          signal,
        }),
      ),
    staleTime: PREVIEW_STALE_MS,
  });

/** The same for one case, with what was shown before while the words change. */
export function useFeedbackPreview(portalId: string, caseId: string, body: SendFeedback, isWanted = true) {
  return useQuery({
    ...feedbackPreview(portalId, caseId, body),
    placeholderData: (previous, query) => (query?.queryKey[3] === caseId ? previous : undefined),
    enabled: isWanted,
  });
}

/** Puts feedback on its way; it leaves when undoing is over. */
export function useSendFeedback(portalId: string, caseId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SendFeedback) =>
      answerOf(
        api.POST('/api/v1/portals/{portalId}/cases/{caseId}/feedback', {
          params: { path: { portalId, caseId } },
          body,
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: caseFeedbackKey(portalId, caseId) }),
  });
}

/** Takes a message back, or has it sent again. */
export function useManageMessage(portalId: string, { messageId, caseId }: Pick<PortalMessage, 'messageId' | 'caseId'>) {
  const queries = useQueryClient();
  const onSettled = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: messagesKey(portalId) }),
      ...(caseId === null
        ? []
        : [
            queries.invalidateQueries({ queryKey: caseFeedbackKey(portalId, caseId) }),
            queries.invalidateQueries({ queryKey: ['cases', portalId, 'card', caseId] }),
          ]),
    ]);
  };
  return {
    cancel: useMutation({
      mutationFn: () =>
        doneOf(
          api.DELETE('/api/v1/portals/{portalId}/cases/{caseId}/feedback/{messageId}', {
            params: { path: { portalId, caseId: caseId ?? '', messageId } },
          }),
        ),
      onSettled,
    }),
    retry: useMutation({
      mutationFn: () =>
        doneOf(
          api.POST('/api/v1/portals/{portalId}/portal-messages/{messageId}/retry', {
            params: { path: { portalId, messageId } },
          }),
        ),
      onSettled,
    }),
  };
}

/** Switches a way into the portal on or off, with its cap. */
export function useSetChannel(portalId: string, channel: FeedbackChannel) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { isEnabled: boolean; capPerPersonDay: number }) =>
      answerOf(
        api.PUT('/api/v1/portals/{portalId}/channels/{channel}', { params: { path: { portalId, channel } }, body }),
      ),
    onSuccess: (list) => {
      queries.setQueryData(channelsKey(portalId), list);
      void queries.invalidateQueries({ queryKey: messagesKey(portalId) });
      void queries.invalidateQueries({ queryKey: ['feedback', portalId, 'preview'] });
      void queries.invalidateQueries({ queryKey: ['cases', portalId, 'feedback'] });
    },
  });
}

/** Messages into the portal, newest first, as far as they were asked for. */
export function usePortalMessages(portalId: string, state: PortalMessage['state'] | undefined) {
  return useInfiniteQuery({
    queryKey: [...messagesKey(portalId), state ?? 'any'],
    queryFn: ({ signal, pageParam }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/portal-messages', {
          params: {
            path: { portalId },
            query: {
              limit: PAGE_MESSAGES,
              ...(state === undefined ? {} : { state }),
              ...(pageParam === null ? {} : { after: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: ({ items }) => (items.length < PAGE_MESSAGES ? null : (items.at(-1)?.messageId ?? null)),
    refetchInterval: ({ state: { data } }) =>
      nextLookMs(
        (data?.pages ?? []).flatMap(({ items }) => items),
        Date.now(),
      ),
    placeholderData: keepPreviousData,
  });
}
