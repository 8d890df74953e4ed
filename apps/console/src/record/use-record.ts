import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import { useMoment } from '../moment/moment.js';
import { personalRead, usePersonalMode } from '../personal/personal-data.js';
import type { RecordKind } from '../portals/kind-names.js';

/** One record of the CRM as it stands, or stood at the page's moment, with its visits of stages. */
export function useRecord(portalId: string, kind: RecordKind, recordId: string) {
  const personal = usePersonalMode(portalId);
  const query = { ...useMoment(), personal };
  return useQuery({
    ...personalRead(personal, `${kind}:${recordId}`),
    queryKey: ['portal', portalId, 'record', kind, recordId, query],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/records/{kind}/{recordId}', {
          params: { path: { portalId, kind, recordId }, query },
          signal,
        }),
      ),
  });
}

const PAGE_EVENTS = 50;

/** Everything that happened to a record until the page's moment, newest first, page after page. */
export function useRecordEvents(portalId: string, kind: RecordKind, recordId: string) {
  const personal = usePersonalMode(portalId);
  const asked = { ...useMoment(), personal };
  return useInfiniteQuery({
    ...personalRead(personal, `${kind}:${recordId}`),
    queryKey: ['portal', portalId, 'record-events', kind, recordId, asked],
    queryFn: ({ signal, pageParam }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/records/{kind}/{recordId}/events', {
          params: {
            path: { portalId, kind, recordId },
            query: {
              ...asked,
              limit: PAGE_EVENTS,
              order: 'newest',
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}
