import { useInfiniteQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import { auditQueryOf } from './audit-search.js';
import type { AuditSearch } from './audit-search.js';

const PAGE_ENTRIES = 100;

/** What was done, newest first, page after page; of one portal, or of all with null. Days are those of the zone. */
export function useAudit(portalId: string | null, search: AuditSearch, zone: string) {
  const filters = auditQueryOf(search, zone);
  return useInfiniteQuery({
    queryKey: ['audit', portalId, filters],
    queryFn: ({ signal, pageParam }) => {
      const query = { ...filters, limit: PAGE_ENTRIES, ...(pageParam === null ? {} : { cursor: pageParam }) };
      return answerOf(
        portalId === null
          ? api.GET('/api/v1/audit', { params: { query }, signal })
          : api.GET('/api/v1/portals/{portalId}/audit', { params: { path: { portalId }, query }, signal }),
      );
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
}

/** Where the same entries are to be had as a file. */
export function exportAddress(portalId: string | null, search: AuditSearch, zone: string): string {
  const parameters = new URLSearchParams(auditQueryOf(search, zone)).toString();
  const path = portalId === null ? '/api/v1/audit/export' : `/api/v1/portals/${portalId}/audit/export`;
  return parameters === '' ? path : `${path}?${parameters}`;
}
