import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { RuleFault } from '../api/schema.js';
import { useDecided } from './use-rules.js';

const FRESH_MS = 20_000;

/** A rule with all that defines it, what is being written of it, and which layer says what. */
export const ruleDetailQuery = (portalId: string, ruleId: string) =>
  queryOptions({
    queryKey: ['cases', portalId, 'rule', ruleId],
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/rules/{ruleId}', {
          params: { path: { portalId, ruleId }, query: {} },
          signal,
        }),
      ),
    staleTime: FRESH_MS,
  });

/** A rule as `ruleDetailQuery` reads it; nothing is read for undefined. */
export const useRuleDetail = (portalId: string, ruleId: string | undefined) =>
  useQuery({ ...ruleDetailQuery(portalId, ruleId ?? ''), enabled: ruleId !== undefined });

/** What is wrong with a rule as it is written now; nothing is saved. */
export function useRuleCheck(portalId: string, rule: Readonly<Record<string, unknown>>) {
  return useQuery({
    queryKey: ['rule-check', portalId, rule],
    queryFn: async ({ signal }): Promise<readonly RuleFault[]> => {
      const checked = await answerOf(
        api.POST('/api/v1/portals/{portalId}/rule-checks', { params: { path: { portalId } }, body: { rule }, signal }),
      );
      return checked.faults;
    },
    placeholderData: (before) => before,
    staleTime: Infinity,
    gcTime: 60_000,
  });
}

/** Writes rules of the portal's own, and takes them back. */
export function useOwnRules(portalId: string) {
  const onSuccess = useDecided(portalId);
  const at = (ruleId: string) => ({ params: { path: { portalId, ruleId } } });
  return {
    write: useMutation({
      mutationFn: ({ ruleId, rule }: { ruleId: string; rule: Readonly<Record<string, unknown>> }) =>
        answerOf(api.PUT('/api/v1/portals/{portalId}/rules/{ruleId}', { ...at(ruleId), body: { rule } })),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (ruleId: string) => answerOf(api.DELETE('/api/v1/portals/{portalId}/rules/{ruleId}', at(ruleId))),
      onSuccess,
    }),
    dropDraft: useMutation({
      mutationFn: (ruleId: string) =>
        answerOf(api.DELETE('/api/v1/portals/{portalId}/rules/{ruleId}/draft', at(ruleId))),
      onSuccess,
    }),
  };
}
