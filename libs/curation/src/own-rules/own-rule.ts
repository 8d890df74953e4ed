import { type JsonObject, Rejection } from '@funnelwatch/kernel';
import type { DisciplineEvent } from '../cases/discipline-events.js';
import type { DisciplineSettings, RuleSetting } from '../cases/discipline-state.js';
import type { Pack } from '../packs/pack.js';
import { compileRule, RuleInvalid } from '../rules/compile-rule.js';
import { faultOfParameter } from '../rules/parameter-value.js';
import type { ParameterValues, Rule, RuleDraft } from '../rules/rule.js';

/** More rules than anybody keeps in mind; each costs time with every record. */
export const mostOwnRules = 100;

const versionOf = (rule: JsonObject | RuleDraft | undefined): number => {
  const { version } = (rule ?? {}) as { version?: unknown };
  return typeof version === 'number' ? version : 0;
};

/**
 * Writes down a rule of the portal's own, as a draft: what is in force stays so until the draft is put in force. The
 * version is counted here. Throws `RuleInvalid` with every fault, and `Rejection` RULES_FULL.
 */
export function decideDraft(
  ruleId: string,
  draft: Readonly<Record<string, unknown>>,
  settings: DisciplineSettings,
  pack: Pack,
  by: string,
): DisciplineEvent[] {
  const setting = settings.rules[ruleId];
  const inForce = setting?.own ?? pack.rules.find(({ id }) => id === ruleId);
  const rule = { ...draft, version: versionOf(inForce) + 1 };
  const [compiled] = compileRule(rule);
  if (compiled && compiled.rule.id !== ruleId) {
    throw new RuleInvalid([{ path: 'id', message: `Must be ${ruleId}, as the rule is addressed.` }]);
  }
  const others = Object.entries(settings.rules).filter(([id, one]) => id !== ruleId && (one.own ?? one.draft));
  if (others.length >= mostOwnRules) {
    throw new Rejection('RULES_FULL', `A portal has at most ${mostOwnRules} rules of its own. Remove one first.`);
  }
  const written = compiled?.rule as unknown as JsonObject;
  if (setting?.draft && JSON.stringify(setting.draft) === JSON.stringify(written)) return [];
  return [{ type: 'RuleDrafted', data: { ruleId, rule: written, by } }];
}

/** Puts the draft of a rule in force, if there is one; values of parameters that it does not have are left behind. */
export function decideInForce(ruleId: string, { draft, parameters }: RuleSetting, by: string): DisciplineEvent[] {
  if (!draft) return [];
  const rule = compileRule(draft)[0]?.rule as Rule;
  const fitting = fittingValues(rule, parameters ?? {});
  const isSame = Object.keys(fitting).length === Object.keys(parameters ?? {}).length;
  return [
    { type: 'RuleWritten', data: { ruleId, rule: draft, by } },
    ...(isSame ? [] : [{ type: 'RuleParametersSet' as const, data: { ruleId, parameters: fitting, by } }]),
  ];
}

/**
 * Removes what the portal wrote of a rule. One of the pack is again as the pack has it, and on if it was. Throws
 * `Rejection` RULE_NOT_OWN.
 */
export function decideRemoval(ruleId: string, settings: DisciplineSettings, pack: Pack, by: string): DisciplineEvent[] {
  const setting = settings.rules[ruleId];
  if (!setting?.own && !setting?.draft) {
    throw new Rejection('RULE_NOT_OWN', 'The rule is one of the pack: it can be switched off, not removed.');
  }
  const ofPack = pack.rules.find(({ id }) => id === ruleId);
  const removed: DisciplineEvent = { type: 'RuleRemoved', data: { ruleId, by } };
  if (!ofPack) return [removed];
  const { status, from, reason } = setting.outage?.before ?? setting;
  const parameters = fittingValues(compileRule(ofPack)[0]?.rule as Rule, setting.parameters ?? {});
  return [
    removed,
    ...(Object.keys(parameters).length === 0
      ? []
      : [{ type: 'RuleParametersSet' as const, data: { ruleId, parameters, by } }]),
    ...(from === '' ? [] : [{ type: 'RuleStatusSet' as const, data: { ruleId, status, from, by, reason } }]),
  ];
}

/** Drops what is being written of a rule. Throws `Rejection` RULE_NO_DRAFT. */
export function decideDraftDropped(ruleId: string, settings: DisciplineSettings, by: string): DisciplineEvent[] {
  if (!settings.rules[ruleId]?.draft) {
    throw new Rejection('RULE_NO_DRAFT', 'Nothing is being written of this rule.');
  }
  return [{ type: 'RuleDraftDropped', data: { ruleId, by } }];
}

function fittingValues(rule: Rule, values: ParameterValues): ParameterValues {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const declaration = Object.hasOwn(rule.parameters, name) ? rule.parameters[name] : undefined;
      return declaration !== undefined && faultOfParameter(declaration.type, value) === null;
    }),
  );
}
