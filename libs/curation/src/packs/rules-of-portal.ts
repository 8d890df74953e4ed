import type { JsonObject } from '@funnelwatch/kernel';
import { Rejection } from '@funnelwatch/kernel';
import type { DisciplineSettings, RuleSetting } from '../cases/discipline-state.js';
import type { ParameterValues, RuleDraft } from '../rules/rule.js';
import { fittingScope, type RuleScope } from '../rules/rule-scope.js';
import { type InheritedPack, inheritPack } from './inherit.js';
import { type PackLayer, readLayer } from './layer.js';
import type { Pack } from './pack.js';

/** A rule as a portal has it: by the pack, the layers above it, and what the portal decided. */
export interface PortalRule {
  ruleId: string;
  /** The rule in force, or what is being written where nothing is in force yet. */
  draft: RuleDraft | JsonObject;
  /** Values that layers or the portal give; the others are the rule's defaults. */
  values: ParameterValues;
  /** Those of them that layers give: what holds where the portal has set nothing. */
  ofLayers: ParameterValues;
  scope: RuleScope;
  setting: RuleSetting;
  isOwn: boolean;
}

const undecided: RuleSetting = { status: 'off', from: '', reason: '' };

/** All rules of a portal, whether they are on or not, in the order of the pack and then of its own. */
export function rulesOfPortal(pack: Pack, settings: DisciplineSettings): PortalRule[] {
  const below = hasLayers(settings) ? packBelow(pack, settings) : null;
  const rules = new Map<string, PortalRule>();
  for (const ofPack of pack.rules) {
    const setting = settings.rules[ofPack.id] ?? undecided;
    const inherited = below?.rules.get(ofPack.id);
    const ofLayers = inherited ? layered(inherited.parameters, ofPack) : {};
    rules.set(ofPack.id, {
      ...{ ruleId: ofPack.id, draft: inherited?.rule ?? ofPack, setting, isOwn: false },
      ...{
        values: { ...ofLayers, ...setting.parameters },
        ofLayers,
        scope: fittingScope(ofPack.on, setting.scope ?? inherited?.scope ?? {}),
      },
    });
  }
  for (const [ruleId, setting] of Object.entries(settings.rules)) {
    const own = setting.own ?? (rules.has(ruleId) ? undefined : setting.draft);
    if (!own) continue;
    const { parameters: values = {} } = setting;
    const scope = fittingScope((own as unknown as RuleDraft).on, setting.scope ?? {});
    rules.set(ruleId, { ruleId, draft: own, values, ofLayers: {}, scope, setting, isOwn: true });
  }
  return [...rules.values()];
}

const hasLayers = ({ layers = [] }: DisciplineSettings): boolean => layers.length > 0;

/** Values that are not those of the pack. */
function layered(values: ParameterValues, { parameters = {} }: RuleDraft): ParameterValues {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== parameters[name]?.default));
}

/** What lies below the decisions of a portal: the pack with the layers that the portal has. */
export function packBelow(pack: Pack, { layers = [] }: DisciplineSettings): InheritedPack {
  return inheritPack(
    pack,
    layers.map((layer) => fitting(layer, pack).layer),
  );
}

/**
 * What of a layer the rules of a pack can take over, and what not: rules and parameters may have gone from the pack since
 * the layer was written.
 */
export function fitting(layer: PackLayer, pack: Pack): { layer: PackLayer; unfit: { ruleId: string; why: string }[] } {
  const unfit: { ruleId: string; why: string }[] = [];
  const rules = Object.entries(layer.rules).filter(([ruleId, override]) => {
    try {
      readLayer({ ...layer, rules: { [ruleId]: override } }, pack.rules);
      return true;
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      unfit.push({ ruleId, why: error.message });
      return false;
    }
  });
  return { layer: { ...layer, rules: Object.fromEntries(rules) }, unfit };
}
