import type { ParameterValues, RuleDraft } from '../rules/rule.js';
import type { RuleScope } from '../rules/rule-scope.js';
import { type PackLayer, readLayer, type RuleOverride } from './layer.js';
import type { Pack } from './pack.js';

const wordFields = ['title', 'clause', 'feedback'] as const;
const languages = ['ru', 'en'] as const;

/** A rule as it is for a portal after all layers. */
export interface InheritedRule {
  /** With severity, grace and words of the layers; defaults of its parameters are those of the pack. */
  rule: RuleDraft;
  /** A value for every parameter. */
  parameters: ParameterValues;
  scope: RuleScope;
  isOn: boolean;
  /** Required parameters without a value: the rule waits for them. */
  unset: readonly string[];
  /** Field → id of the layer it comes from: `severity`, `isOn`, `grace`, `scope`, `parameters.minutes`, `clause.ru`. */
  origins: Readonly<Record<string, string>>;
}

export interface InheritedPack {
  /** From the pack itself upwards. */
  layers: readonly { id: string; version: number }[];
  rules: ReadonlyMap<string, InheritedRule>;
}

/**
 * Lays layers over a pack, each over the ones before: base, industry, portal. A parameter, the severity, grace, scope, being
 * on and each text are taken from the last layer that gives them. Throws the `Rejection`s of `readLayer`.
 */
export function inheritPack(base: Pack, drafts: readonly unknown[]): InheritedPack {
  const layers = drafts.map((draft) => readLayer(draft, base.rules));
  const rules = base.rules.map((rule): [string, InheritedRule] => {
    const isOn = (base.starters ?? []).includes(rule.id);
    return [rule.id, layers.reduce(overlaid, ofPack(rule, isOn, base.id))];
  });
  return { layers: [base, ...layers].map(({ id, version }) => ({ id, version })), rules: new Map(rules) };
}

function ofPack(rule: RuleDraft, isOn: boolean, packId: string): InheritedRule {
  const declared = Object.entries(rule.parameters ?? {});
  const parameters: ParameterValues = Object.fromEntries(declared.map(([name, one]) => [name, one.default]));
  const fields = [
    ...['isOn', 'severity', 'grace', 'scope', ...declared.map(([name]) => `parameters.${name}`)],
    ...wordFields.flatMap((field) => languages.map((language) => `${field}.${language}`)),
  ];
  const origins = Object.fromEntries(fields.map((field) => [field, packId]));
  return { rule, parameters, scope: {}, isOn, unset: unsetOf(rule, parameters), origins };
}

function overlaid(below: InheritedRule, layer: PackLayer): InheritedRule {
  const override: RuleOverride | undefined = layer.rules[below.rule.id];
  if (!override) return below;
  const origins = { ...below.origins };
  const rule = { ...below.rule };
  const { isOn = below.isOn, scope = below.scope, severity = rule.severity, grace = rule.grace } = override;
  for (const field of ['isOn', 'severity', 'grace', 'scope'] as const) {
    if (override[field] !== undefined) origins[field] = layer.id;
  }
  for (const field of wordFields) {
    for (const language of languages) {
      const text = override[field]?.[language];
      if (text === undefined) continue;
      rule[field] = { ...rule[field], [language]: text };
      origins[`${field}.${language}`] = layer.id;
    }
  }
  const parameters = { ...below.parameters, ...override.parameters };
  for (const name of Object.keys(override.parameters ?? {})) origins[`parameters.${name}`] = layer.id;
  Object.assign(rule, { severity, ...(grace === undefined ? {} : { grace }) });
  return { rule, parameters, scope, isOn, unset: unsetOf(rule, parameters), origins };
}

function unsetOf(rule: RuleDraft, parameters: ParameterValues): string[] {
  return Object.entries(rule.parameters ?? {}).flatMap(([name, { isRequired }]) =>
    isRequired === true && isEmpty(parameters[name]) ? [name] : [],
  );
}

function isEmpty(value: ParameterValues[string] | undefined): boolean {
  if (value === undefined || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
