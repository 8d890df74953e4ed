import type { CompiledRule } from '../rules/compile-rule.js';

/** Named fields of the view as they are now. */
export function evidenceOf(compiled: CompiledRule, view: object): Record<string, string | number | boolean> {
  const evidence: Record<string, string | number | boolean> = {};
  for (const name of compiled.rule.evidence) {
    const value: unknown = (view as Record<string, unknown>)[name];
    if (value instanceof Date) evidence[name] = value.toISOString();
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      evidence[name] = value;
  }
  return evidence;
}
