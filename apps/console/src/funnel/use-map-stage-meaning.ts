import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';

/** Decides what a stage means to the business, and waits until the figures know it. */
export function useMapStageMeaning(portalId: string, pipelineId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ stageId, meaning }: { stageId: string; meaning: string | null }) => {
      const decided = await answerOf(
        api.PUT('/api/v1/portals/{portalId}/pipelines/{pipelineId}/stages/{stageId}/meaning', {
          params: { path: { portalId, pipelineId, stageId } },
          body: { meaning },
        }),
      );
      const query = { minPosition: decided.position };
      await answerOf(api.GET('/api/v1/portals/{portalId}/pipelines', { params: { path: { portalId }, query } }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['portal', portalId] }),
  });
}
