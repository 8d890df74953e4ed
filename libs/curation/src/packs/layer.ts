import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';
import { faultOfParameter } from '../rules/parameter-value.js';
import { faultOfScope, scopeSchema } from '../rules/rule-scope.js';
import { placeholdersOf } from './rule-words.js';
import { durationUnits, type ParameterValue, parameterValueSchema, type RuleDraft, severities } from '../rules/rule.js';

const words = z.strictObject({
  ru: z.string().min(1).max(2000).optional(),
  en: z.string().min(1).max(2000).optional(),
});

const ruleOverrideSchema = z.strictObject({
  isOn: z.boolean().optional(),
  severity: z.enum(severities).optional(),
  grace: z.strictObject({ amount: z.number().min(0).max(1_000_000), unit: z.enum(durationUnits) }).optional(),
  scope: scopeSchema.optional(),
  parameters: z.record(z.string(), parameterValueSchema).optional(),
  title: words.optional(),
  clause: words.optional(),
  feedback: words.optional(),
});
/** What a layer says differently of one rule; what it leaves out stays as it is below. */
export type RuleOverride = z.infer<typeof ruleOverrideSchema>;

const layerSchema = z.strictObject({
  id: z.string().min(1).max(60),
  version: z.number().int().min(1),
  rules: z.record(z.string(), ruleOverrideSchema),
});
/** A layer above a pack: an industry, or a portal. */
export type PackLayer = z.infer<typeof layerSchema>;

const refuse = (code: string, sentence: string, details: Record<string, string>): never => {
  throw new Rejection(code, sentence, { details });
};

/**
 * Reads a layer above these rules. Throws `Rejection` PACK_LAYER_INVALID when it has not the shape of one,
 * PACK_RULE_UNKNOWN and PACK_PARAMETER_UNKNOWN when it speaks of what is not there, PACK_PARAMETER_INVALID when a value has
 * not the type of its parameter, PACK_PLACEHOLDER_UNKNOWN when a text has one that nothing fills, PACK_SCOPE_INVALID when a rule
 * cannot have its scope, and PACK_RULE_UNAVAILABLE when it turns on a rule that cannot be judged yet.
 */
export function readLayer(draft: unknown, rules: readonly RuleDraft[]): PackLayer {
  const parsed = layerSchema.safeParse(draft);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    return refuse('PACK_LAYER_INVALID', `The layer cannot be used. ${path}: ${issue?.message ?? ''}`, { path });
  }
  const layer = parsed.data;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  for (const [ruleId, override] of Object.entries(layer.rules)) {
    const rule = byId.get(ruleId);
    if (!rule) return refuse('PACK_RULE_UNKNOWN', `There is no rule ${ruleId} to change.`, { rule: ruleId });
    if (override.isOn === true && rule.unavailable !== undefined) {
      refuse('PACK_RULE_UNAVAILABLE', `Rule ${ruleId} cannot be turned on. ${rule.unavailable.en}`, { rule: ruleId });
    }
    for (const [name, value] of Object.entries(override.parameters ?? {})) refuseWrongValue(rule, name, value);
    refuseWrongScope(rule, override);
    refuseUnknownPlaceholders(rule, override);
  }
  return layer;
}

function refuseWrongValue(rule: RuleDraft, name: string, value: ParameterValue): void {
  const declared = rule.parameters ?? {};
  const declaration = Object.hasOwn(declared, name) ? declared[name] : undefined;
  const details = { rule: rule.id, parameter: name };
  if (!declaration) return refuse('PACK_PARAMETER_UNKNOWN', `Rule ${rule.id} has no parameter "${name}".`, details);
  const fault = faultOfParameter(declaration.type, value);
  if (fault !== null) refuse('PACK_PARAMETER_INVALID', `Parameter "${name}" of rule ${rule.id}: ${fault}`, details);
}

function refuseWrongScope(rule: RuleDraft, { scope }: RuleOverride): void {
  const fault = scope && faultOfScope(rule.on, scope);
  if (!fault) return;
  refuse('PACK_SCOPE_INVALID', `Rule ${rule.id} cannot have this scope: ${fault}`, { rule: rule.id });
}

function refuseUnknownPlaceholders(rule: RuleDraft, { title, clause, feedback }: RuleOverride): void {
  const known = ['record', ...Object.keys(rule.parameters ?? {})];
  const texts = [title, clause, feedback].flatMap((one) => [one?.ru ?? '', one?.en ?? '']);
  const unknown = texts.flatMap(placeholdersOf).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const sentence = `A text of rule ${rule.id} has {${unknown}}, which nothing fills. Known are: ${known.join(', ')}.`;
  refuse('PACK_PLACEHOLDER_UNKNOWN', sentence, { rule: rule.id, placeholder: unknown });
}
