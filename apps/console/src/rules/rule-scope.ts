import type { RuleScope } from '../api/schema.js';

const inPipelines = ['lead', 'deal', 'invoice'];

/** What can narrow a rule about these subjects: what is in no pipeline goes by people and time alone. */
export function narrowedBy(on: readonly string[]): { byStages: boolean; byPeople: boolean } {
  return { byStages: on.every((kind) => inPipelines.includes(kind)), byPeople: !on.includes('portal') };
}

/** A scope without what leaves nothing out, as the product keeps it. */
export function tidy(scope: RuleScope): RuleScope {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined && value.length > 0));
}

/** Whether two scopes leave the same in. */
export const isSameScope = (one: RuleScope, other: RuleScope): boolean => textOf(one) === textOf(other);

const textOf = (scope: RuleScope): string =>
  JSON.stringify(Object.entries(tidy(scope)).sort(([left], [right]) => (left < right ? -1 : 1)));
