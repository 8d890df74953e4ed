import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../api/client.js';
import type { PackPreview, PreviewPack, RuleFault } from '../../api/schema.js';

/** Faults of one of the rules that were to be previewed. */
type FaultyRule = { index: number; faults: readonly RuleFault[] };

export type Previewed = { pack: PreviewPack; faulty: readonly FaultyRule[]; preview: PackPreview | null };

/**
 * What a pack or layers would change for the portal. Rules are checked one by one before: the preview itself says what
 * is wrong, but not with which of them.
 */
export function usePreview(portalId: string) {
  const queries = useQueryClient();
  const params = { path: { portalId } };
  return useMutation({
    mutationFn: async (pack: PreviewPack): Promise<Previewed> => {
      const faulty: FaultyRule[] = [];
      for (const [index, rule] of pack.rules.entries()) {
        const checked = await answerOf(api.POST('/api/v1/portals/{portalId}/rule-checks', { params, body: { rule } }));
        if (checked.faults.length > 0) faulty.push({ index, faults: checked.faults });
      }
      if (faulty.length > 0) return { pack, faulty, preview: null };
      const preview = await answerOf(api.POST('/api/v1/portals/{portalId}/pack-previews', { params, body: pack }));
      void queries.invalidateQueries({ queryKey: ['cases', portalId, 'backtests'] });
      return { pack, faulty, preview };
    },
  });
}
