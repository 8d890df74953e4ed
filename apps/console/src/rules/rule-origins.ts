import type { RuleDetail } from '../api/schema.js';

/** Fields of a rule by the layer they come from: what lies on top first, the pack last. */
export function originsByLayer(
  origins: RuleDetail['origins'],
  packId: string,
): { layer: string; fields: readonly string[] }[] {
  const weight = (layer: string): number => (layer === packId ? 2 : layer === 'portal' ? 0 : 1);
  // A rule that the portal wrote has nothing of the pack left but the name.
  const isRewritten = origins['rule'] !== undefined;
  const layers = [...new Set(Object.values(origins))].filter((layer) => !(isRewritten && layer === packId));
  return layers
    .sort((left, right) => weight(left) - weight(right) || (left < right ? -1 : 1))
    .map((layer) => ({
      layer,
      fields: Object.keys(origins)
        .filter((field) => origins[field] === layer)
        .sort(),
    }));
}
