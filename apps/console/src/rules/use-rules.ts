import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { operations } from '../generated/api.js';
import type { ParameterValue } from '../api/schema.js';

type SilenceBody = operations['setSilence']['requestBody']['content']['application/json'];

/** Decides about rules; the list is read again as of the decision. */
export function useManageRules(portalId: string) {
  const queries = useQueryClient();
  const onSuccess = async ({ position }: { position: string }) => {
    const list = await answerOf(
      api.GET('/api/v1/portals/{portalId}/rules', { params: { path: { portalId }, query: { minPosition: position } } }),
    );
    queries.setQueryData(['cases', portalId, 'rules'], list);
    void queries.invalidateQueries({ queryKey: ['cases', portalId, 'summary'] });
    void queries.invalidateQueries({ queryKey: ['cases', portalId, 'list'] });
  };
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
