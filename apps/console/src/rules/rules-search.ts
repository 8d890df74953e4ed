/** The rule that is looked at, as it stands in the address. */
export type RulesSearch = { rule?: string };

/** Reads the search; whatever is not valid is left out instead of failing. */
export function readRulesSearch({ rule }: Record<string, unknown>): RulesSearch {
  return typeof rule === 'string' && /^[A-Z][A-Z0-9]{1,15}$/.test(rule) ? { rule } : {};
}
