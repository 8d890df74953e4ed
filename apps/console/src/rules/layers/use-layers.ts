import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerCaughtUp, answerOf, api } from '../../api/client.js';
import type { PackLayer } from '../../api/schema.js';
import { useDecided } from '../use-rules.js';

const FRESH_MS = 20_000;
const keyOf = (portalId: string) => ['cases', portalId, 'pack-layers'];

/** Layers between the pack and the portal, from below upwards. */
export const useLayers = (portalId: string) =>
  useQuery({
    queryKey: keyOf(portalId),
    queryFn: ({ signal }) =>
      answerOf(
        api.GET('/api/v1/portals/{portalId}/pack-layers', { params: { path: { portalId }, query: {} }, signal }),
      ),
    staleTime: FRESH_MS,
  });

/** Puts layers in and takes them out; the layers and the rules are read again as of the decision. */
export function useManageLayers(portalId: string) {
  const queries = useQueryClient();
  const decided = useDecided(portalId);
  const onSuccess = async ({ position }: { position: string }) => {
    await decided({ position });
    const list = await answerCaughtUp(() =>
      api.GET('/api/v1/portals/{portalId}/pack-layers', {
        params: { path: { portalId }, query: { minPosition: position } },
      }),
    );
    queries.setQueryData(keyOf(portalId), list);
  };
  return {
    set: useMutation({
      mutationFn: ({ id, version, rules }: Pick<PackLayer, 'id' | 'version' | 'rules'>) =>
        answerOf(
          api.PUT('/api/v1/portals/{portalId}/pack-layers/{layerId}', {
            params: { path: { portalId, layerId: id } },
            body: { version, rules },
          }),
        ),
      onSuccess,
    }),
    remove: useMutation({
      mutationFn: (layerId: string) =>
        answerOf(
          api.DELETE('/api/v1/portals/{portalId}/pack-layers/{layerId}', { params: { path: { portalId, layerId } } }),
        ),
      onSuccess,
    }),
  };
}
