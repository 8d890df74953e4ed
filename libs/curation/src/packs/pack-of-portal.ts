import type { DisciplineSettings, RuleSetting } from '../cases/discipline-state.js';
import { compileRule } from '../rules/compile-rule.js';
import { type RuleDraft, ruleSchema } from '../rules/rule.js';
import type { InheritedPack, InheritedRule } from './inherit.js';

const portalLayer = 'portal';

/** Whether a portal has a rule on: also silently, and while something is gone that it names. */
function isOn({ status, outage }: RuleSetting): boolean {
  const now = outage?.before.status ?? status;
  return now === 'active' || now === 'shadow';
}

/**
 * Rules as they are for a portal: what it decided is the last layer, over the pack and the layers above it. Rules that
 * are only being written are none yet. `version`: position of the last decision.
 */
export function packOfPortal(below: InheritedPack, settings: DisciplineSettings, version: number): InheritedPack {
  const rules = new Map([...below.rules].map(([ruleId, one]) => [ruleId, withDefaults(one)]));
  for (const [ruleId, setting] of Object.entries(settings.rules)) {
    const known = rules.get(ruleId);
    const own = setting.own && ownRule(setting);
    if (own) rules.set(ruleId, withDecisions(known ? { ...known, ...replaced(known, own) } : own, setting));
    else if (known) rules.set(ruleId, withDecisions(known, setting));
  }
  return { layers: [...below.layers, { id: portalLayer, version }], rules };
}

/** With everything said that an author may leave out, so that two rules can be compared. */
const withDefaults = (inherited: InheritedRule): InheritedRule => ({
  ...inherited,
  rule: ruleSchema.parse(inherited.rule),
});

/** What a layer switches carries its name. */
export const reasonOfLayer = (layerId: string): string => `layer:${layerId}`;
const layerOfReason = (reason: string): string | null =>
  reason.startsWith('layer:') ? reason.slice('layer:'.length) : null;

function ownRule({ own }: RuleSetting): InheritedRule {
  const rule = compileRule(own)[0]?.rule as RuleDraft;
  const parameters = Object.fromEntries(
    Object.entries(rule.parameters ?? {}).map(([name, one]) => [name, one.default]),
  );
  return { rule, parameters, scope: {}, isOn: false, unset: [], origins: { rule: portalLayer } };
}

const replaced = ({ origins }: InheritedRule, own: InheritedRule): InheritedRule => ({
  ...own,
  origins: { ...origins, ...own.origins },
});

function withDecisions(below: InheritedRule, setting: RuleSetting): InheritedRule {
  const origins: Record<string, string> = { ...below.origins };
  const parameters = { ...below.parameters };
  for (const [name, value] of Object.entries(setting.parameters ?? {})) {
    parameters[name] = value;
    origins[`parameters.${name}`] = portalLayer;
  }
  // Before anything was switched, the pack says what is on.
  const isDecided = setting.from !== '' || setting.status !== 'off';
  if (isDecided) origins['isOn'] = layerOfReason(setting.reason) ?? portalLayer;
  const { scope = below.scope } = setting;
  if (setting.scope) origins['scope'] = portalLayer;
  return { ...below, parameters, scope, isOn: isDecided ? isOn(setting) : below.isOn, origins };
}
