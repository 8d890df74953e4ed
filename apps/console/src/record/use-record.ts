import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { RecordKind } from '../portals/kind-names.js';

/** One record of the CRM as it stands, with its visits of stages. */
export function useRecord(portalId: string, kind: RecordKind, recordId: string) {
  return useQuery({
    queryKey: ['portal', portalId, 'record', kind, recordId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/records/{kind}/{recordId}', {
          params: { path: { portalId, kind, recordId } },
          signal,
        }),
      ),
  });
}

const PAGE_EVENTS = 50;

/** Everything that happened to a record, newest first, page after page. */
export function useRecordEvents(portalId: string, kind: RecordKind, recordId: string) {
  return useInfiniteQuery({
    queryKey: ['portal', portalId, 'record-events', kind, recordId],
    queryFn: ({ signal, pageParam }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/records/{kind}/{recordId}/events', {
          params: {
            path: { portalId, kind, recordId },
            query: { limit: PAGE_EVENTS, order: 'newest', ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
