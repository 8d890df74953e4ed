import { canonicalJson } from '@funnelwatch/kernel';
import { createHash } from 'node:crypto';
import type { DisciplineSettings, RuleSetting } from '../cases/discipline-state.js';
import { needsOf, needsOfScope } from '../needs/needs-of-rule.js';
import type { Outage, PortalCatalogue } from '../needs/portal-catalogue.js';
import type { PortalNeed } from '../needs/portal-need.js';
import type { Pack } from '../packs/pack.js';
import { rulesOfPortal } from '../packs/rules-of-portal.js';
import { isEverywhere, type RuleScope } from '../rules/rule-scope.js';
import { type CompiledRule, compileRule, RuleInvalid } from '../rules/compile-rule.js';
import type { ParameterValues, Rule, SubjectKind } from '../rules/rule.js';

/** A rule of a portal as it is judged. */
export interface JudgedRule {
  compiled: CompiledRule[];
  rule: Rule;
  setting: RuleSetting;
  /** Where it applies. */
  scope: RuleScope;
  /** Tells this version of the rule with these parameters and this scope from any other. */
  digest: string;
  /** When something was gone from the portal that the rule names: what begins then is nobody's breach. */
  outages: readonly Outage[];
}

/** Rules of a portal by what became of them. */
export interface PortalRules {
  judged: ReadonlyMap<string, JudgedRule>;
  /** Rules that are on and cannot be judged: rule → why. */
  waiting: ReadonlyMap<string, string>;
  broken: ReadonlyMap<string, string>;
  /** Rules that name what the portal no longer has, where nobody has said so yet. */
  lost: ReadonlyMap<string, readonly PortalNeed[]>;
  /** Rules that were broken by that, and of which everything is back. */
  mended: readonly string[];
}

/** No rule is on. */
export const noRules: PortalRules = {
  judged: new Map(),
  waiting: new Map(),
  broken: new Map(),
  lost: new Map(),
  mended: [],
};

/** Rules of a portal that are on, made runnable. Nothing is silently left out: what cannot run says why. */
export function portalRules(
  settings: DisciplineSettings,
  pack: Pack,
  standing: ReadonlySet<string>,
  catalogue: PortalCatalogue,
): PortalRules {
  const judged = new Map<string, JudgedRule>();
  const waiting = new Map<string, string>();
  const broken = new Map<string, string>();
  const lost = new Map<string, readonly PortalNeed[]>();
  const mended: string[] = [];
  for (const { ruleId, draft, values, scope, setting } of rulesOfPortal(pack, settings)) {
    if (setting.status !== 'active' && setting.status !== 'shadow' && !setting.outage) continue;
    try {
      const { compiled, rule, needs, digest } = prepare(draft, values, scope);
      const missing = catalogue.missingOf(needs);
      if (setting.outage) {
        if (missing.length === 0) mended.push(ruleId);
        else if (namesOf(missing) !== namesOf(setting.outage.missing)) lost.set(ruleId, missing);
        continue;
      }
      if (missing.length > 0) {
        lost.set(ruleId, missing);
        continue;
      }
      const unmet = unmetNeed(rule, values, standing);
      if (unmet) waiting.set(ruleId, unmet);
      else {
        const outages = needs.flatMap((need) => catalogue.outagesOf(need));
        judged.set(ruleId, { compiled, rule, setting, scope, outages, digest });
      }
    } catch (error) {
      if (!(error instanceof RuleInvalid)) throw error;
      // What is broken already is not broken once more.
      if (!setting.outage) broken.set(ruleId, error.message);
    }
  }
  return { judged, waiting, broken, lost, mended };
}

interface PreparedRule {
  compiled: CompiledRule[];
  rule: Rule;
  needs: PortalNeed[];
  digest: string;
}

/** What came of rules with values, by both: to read one takes longer than to judge a few subjects by it. */
const prepared = new Map<string, PreparedRule>();
const mostPrepared = 2_000;
/** Rules of packs are the same objects all the time; those of portals are read anew with every step. */
const written = new WeakMap<object, string>();

function writtenAs(draft: object): string {
  let text = written.get(draft);
  if (text === undefined) written.set(draft, (text = JSON.stringify(draft)));
  return text;
}

/** A rule with a portal's parameter values, ready to be run. Throws `RuleInvalid`. */
function prepare(draft: object, values: ParameterValues, scope: RuleScope): PreparedRule {
  const key = `${JSON.stringify(values)} ${JSON.stringify(scope)} ${writtenAs(draft)}`;
  const known = prepared.get(key);
  if (known) return known;
  const compiled = compileRule(draft, values);
  const [first] = compiled;
  if (!first) throw new Error('A rule about nothing was read');
  const made = {
    compiled,
    rule: first.rule,
    needs: [...needsOf(compiled), ...needsOfScope(first.rule.on, scope)],
    digest: digestOf(first.rule, compiled, scope),
  };
  if (prepared.size >= mostPrepared) prepared.clear();
  prepared.set(key, made);
  return made;
}

const digestOf = (rule: Rule, [first]: readonly CompiledRule[], scope: RuleScope): string =>
  createHash('sha256')
    .update(canonicalJson({ rule, parameters: first?.parameters ?? {}, ...(isEverywhere(scope) ? {} : { scope }) }))
    .digest('base64url')
    .slice(0, 16);

const namesOf = (parts: readonly { part: string; id: string }[]): string =>
  parts.map(({ part, id }) => `${part} ${id}`).join();

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
