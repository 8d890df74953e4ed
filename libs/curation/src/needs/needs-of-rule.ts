import type { CompiledRule } from '../rules/compile-rule.js';
import type { RuleScope } from '../rules/rule-scope.js';
import type { ParameterValue, Rule, SubjectKind } from '../rules/rule.js';
import { viewOfKind } from '../views/catalogue.js';
import { type Naming, namesIn } from './names-in-expression.js';
import type { NeededPart, PortalNeed } from './portal-need.js';

const isOwnField = (name: string): boolean => /^uf/i.test(name);

/** What a rule names of the portal's configuration, in its conditions and by its parameters; each once, in order. */
export function needsOf(compiled: readonly CompiledRule[]): PortalNeed[] {
  const needs = new Map<string, PortalNeed>();
  for (const { rule, kinds, parameters } of compiled) {
    const { type, variable } = viewOfKind[kinds[0] ?? 'lead'];
    const isOfMoves = rule.kind === 'fact' && rule.facts.every((fact) => fact === 'moved');
    const around = { type, variable, isOfMoves, hasFact: rule.kind === 'fact' };
    const add = (part: NeededPart, id: string): void => {
      // Canonical fields are always there, and nothing is what a record without one has.
      if (id === '' || (part === 'field' && !isOwnField(id))) return;
      const key = `${part} ${id}`;
      const known = needs.get(key);
      needs.set(key, { part, id, kinds: [...new Set([...(known?.kinds ?? []), ...kinds])].sort() });
    };
    for (const naming of expressionsOf(rule).flatMap((source) => namesIn(source, around))) {
      for (const { part, id } of namedBy(naming, parameters)) add(part, id);
    }
  }
  return [...needs.values()].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

/** What the scope of a rule about these subjects names of the portal's configuration. */
export function needsOfScope(on: readonly SubjectKind[], { pipelines = [], stages = [] }: RuleScope): PortalNeed[] {
  return [
    ...pipelines.map((id): PortalNeed => ({ part: 'pipeline', id, kinds: on })),
    ...stages.map((id): PortalNeed => ({ part: 'stage', id, kinds: on })),
  ];
}

const keyOf = ({ part, id }: PortalNeed): string => `${part} ${id}`;

/** Every expression of a rule. */
function expressionsOf(rule: Rule): string[] {
  const amounts = [rule.grace.amount];
  const expressions = [rule.when];
  if (rule.kind === 'state') {
    amounts.push(...rule.clocks.map(({ amount }) => amount));
    expressions.push(...rule.clocks.flatMap(({ since }) => since ?? []), ...(rule.items ? [rule.items] : []));
  } else {
    if (typeof rule.resolve === 'object' && 'when' in rule.resolve) expressions.push(rule.resolve.when);
    if (rule.about) expressions.push(rule.about);
  }
  return [...expressions, ...amounts.filter((amount) => typeof amount === 'string')];
}

function namedBy(
  naming: Naming,
  parameters: Readonly<Record<string, ParameterValue>>,
): { part: NeededPart; id: string }[] {
  const { part } = naming;
  if ('literal' in naming) return [{ part, id: naming.literal }];
  const value = parameters[naming.parameter];
  const isMap = typeof value === 'object' && !Array.isArray(value);
  if (naming.holding === 'demands') {
    if (!isMap) return [];
    const demands = Object.values(value).flatMap((demanded) => (Array.isArray(demanded) ? demanded : []));
    return [
      ...Object.keys(value).map((id) => ({ part: 'stage' as const, id })),
      ...demands.map((demand) => ({ part: 'field' as const, id: demand.replace(/^field:/, '') })),
    ];
  }
  if (typeof value === 'string') return [{ part, id: value }];
  if (Array.isArray(value)) return value.map((id) => ({ part, id }));
  return isMap && naming.holding === 'keys' ? Object.keys(value).map((id) => ({ part, id })) : [];
}
