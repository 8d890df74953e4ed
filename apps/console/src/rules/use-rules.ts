import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerCaughtUp, answerOf, api } from '../api/client.js';
import type { operations } from '../generated/api.js';
import type { ParameterValue, RuleScope } from '../api/schema.js';

type SilenceBody = operations['setSilence']['requestBody']['content']['application/json'];

/** Reads the rules again as of a decision, and what depends on them. */
export function useDecided(portalId: string) {
  const queries = useQueryClient();
  return async ({ position }: { position: string }) => {
    const list = await answerCaughtUp(() =>
      api.GET('/api/v1/portals/{portalId}/rules', { params: { path: { portalId }, query: { minPosition: position } } }),
    );
    queries.setQueryData(['cases', portalId, 'rules'], list);
    for (const part of ['rule', 'pack-diff', 'summary', 'list']) {
      void queries.invalidateQueries({ queryKey: ['cases', portalId, part] });
    }
  };
}

/** Decides about rules; the list is read again as of the decision. */
export function useManageRules(portalId: string) {
  const onSuccess = useDecided(portalId);
  return {
    setStatus: useMutation({
      mutationFn: ({ ruleId, status }: { ruleId: string; status: 'off' | 'shadow' | 'active' }) =>
        answerOf(
          api.PUT('/api/v1/portals/{portalId}/rules/{ruleId}/status', {
            params: { path: { portalId, ruleId } },
            body: { status },
          }),
        ),
      onSuccess,
    }),
    setParameters: useMutation({
      mutationFn: ({ ruleId, parameters }: { ruleId: string; parameters: Record<string, ParameterValue> }) =>
        answerOf(
          api.PUT('/api/v1/portals/{portalId}/rules/{ruleId}/parameters', {
            params: { path: { portalId, ruleId } },
            body: { parameters },
          }),
        ),
      onSuccess,
    }),
    setScope: useMutation({
      mutationFn: ({ ruleId, scope }: { ruleId: string; scope: RuleScope }) =>
        answerOf(
          api.PUT('/api/v1/portals/{portalId}/rules/{ruleId}/scope', {
            params: { path: { portalId, ruleId } },
            body: { scope },
          }),
        ),
      onSuccess,
    }),
    silence: useMutation({
      mutationFn: (body: SilenceBody) =>
        answerOf(api.POST('/api/v1/portals/{portalId}/silences', { params: { path: { portalId } }, body })),
      onSuccess,
    }),
    endSilence: useMutation({
      mutationFn: (silenceId: string) =>
        answerOf(
          api.DELETE('/api/v1/portals/{portalId}/silences/{silenceId}', { params: { path: { portalId, silenceId } } }),
        ),
      onSuccess,
    }),
  };
}
