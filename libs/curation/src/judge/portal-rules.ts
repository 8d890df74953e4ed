import type { RuleSetting } from '../cases/discipline-state.js';
import type { DisciplineSettings } from '../cases/discipline-state.js';
import type { Pack } from '../packs/pack.js';
import { type CompiledRule, compileRule, RuleInvalid } from '../rules/compile-rule.js';
import type { ParameterValues, Rule, SubjectKind } from '../rules/rule.js';

/** A rule of a portal as it is judged. */
export interface JudgedRule {
  compiled: CompiledRule[];
  rule: Rule;
  setting: RuleSetting;
}

/** Rules of a portal by what became of them. */
export interface PortalRules {
  judged: ReadonlyMap<string, JudgedRule>;
  /** Rules that are on and cannot be judged: rule → why. */
  waiting: ReadonlyMap<string, string>;
  broken: ReadonlyMap<string, string>;
}

/** Rules of a portal that are on, made runnable. Nothing is silently left out: what cannot run says why. */
export function portalRules(settings: DisciplineSettings, pack: Pack, standing: ReadonlySet<string>): PortalRules {
  const judged = new Map<string, JudgedRule>();
  const waiting = new Map<string, string>();
  const broken = new Map<string, string>();
  const drafts = new Map<string, unknown>(pack.rules.map((rule) => [rule.id, rule]));
  for (const [ruleId, setting] of Object.entries(settings.rules)) {
    if (setting.status !== 'active' && setting.status !== 'shadow') continue;
    const draft = setting.own ?? drafts.get(ruleId);
    if (draft === undefined) continue;
    try {
      const compiled = compileRule(draft, setting.parameters ?? {});
      const rule = compiled[0]?.rule;
      if (!rule) continue;
      const unmet = unmetNeed(rule, setting.parameters ?? {}, standing);
      if (unmet) waiting.set(ruleId, unmet);
      else judged.set(ruleId, { compiled, rule, setting });
    } catch (error) {
      if (!(error instanceof RuleInvalid)) throw error;
      broken.set(ruleId, error.message);
    }
  }
  return { judged, waiting, broken };
}

/** Why a rule that is on waits: `unavailable`, `setting:<parameter>` or `feed:<name>`; null when it does not. */
export function unmetNeed(rule: Rule, parameters: ParameterValues, standing: ReadonlySet<string>): string | null {
  if (rule.unavailable) return 'unavailable';
  for (const [name, { isRequired }] of Object.entries(rule.parameters)) {
    if (isRequired && isEmpty(parameters[name])) return `setting:${name}`;
  }
  const feed = rule.feeds.find((name) => standing.has(name));
  return feed === undefined ? null : `feed:${feed}`;
}

function isEmpty(value: ParameterValues[string] | undefined): boolean {
  if (value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

/** Runnable forms of the rules about a kind of subject. */
export function rulesOn(rules: PortalRules, kind: SubjectKind): CompiledRule[] {
  return [...rules.judged.values()].flatMap(({ compiled }) => compiled.filter(({ kinds }) => kinds.includes(kind)));
}
