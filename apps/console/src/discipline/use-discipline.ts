import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { WeekPeriod } from './discipline-search.js';

const REFRESH_MS = 30_000;

/** How well the standard is kept in a period: of a rule or a person, or of all. */
export function useDiscipline(
  portalId: string,
  period: WeekPeriod,
  { rule, person }: { rule?: string | undefined; person?: string | undefined },
) {
  return useQuery({
    queryKey: ['cases', portalId, 'discipline', period.from, period.to, rule ?? '', person ?? ''],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/discipline', {
          params: {
            path: { portalId },
            query: { ...period, ...(rule !== undefined && { ruleId: rule }), ...(person !== undefined && { person }) },
          },
          signal,
        }),
      ),
    refetchInterval: REFRESH_MS,
    placeholderData: keepPreviousData,
  });
}
