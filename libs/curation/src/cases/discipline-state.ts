import type { JsonObject } from '@funnelwatch/kernel';
import type { PositiveNotes } from '../clean-weeks/positive-notes.js';
import type { PackLayer } from '../packs/layer.js';
import type { RuleScope } from '../rules/rule-scope.js';
import type { ParameterValues } from '../rules/rule.js';
import type { DisciplineEvent, MissingPart, RuleStatus } from './discipline-events.js';

export interface RuleSetting {
  status: RuleStatus;
  /** CRM time from which episodes count; ISO 8601. */
  from: string;
  reason: string;
  /** What the portal no longer has, while the rule is broken by that, and how it stood before. */
  outage?: { missing: MissingPart[]; at: string; before: Pick<RuleSetting, 'status' | 'from' | 'reason'> };
  parameters?: ParameterValues;
  /** Where the portal has it apply, in the place of what layers say. */
  scope?: RuleScope;
  /** A rule of the portal's own, or one that stands in for the pack's. */
  own?: JsonObject;
  /** What is being written and not in force yet. */
  draft?: JsonObject;
}

export interface Silence {
  silenceId: string;
  /** Empty for every rule, person or record. */
  ruleId: string;
  userId: string;
  about: string;
  until: string;
  reason: string;
  by: string;
}

/** What was decided about the rules of a portal. */
export interface DisciplineSettings {
  pack: { id: string; version: number } | null;
  rules: Record<string, RuleSetting>;
  silences: Silence[];
  /** Between the pack and the portal, from below upwards, such as one for an industry. */
  layers?: PackLayer[];
  /** Left out while nobody has decided. `from`: wall time since when it holds. */
  positiveNotes?: PositiveNotes & { from: string };
}

export const noDiscipline: DisciplineSettings = { pack: null, rules: {}, silences: [] };

/** The decisions after one more. */
export function evolveDiscipline(state: DisciplineSettings, event: DisciplineEvent): DisciplineSettings {
  switch (event.type) {
    case 'PackChosen': {
      const { packId, packVersion, starter, from } = event.data;
      const rules = { ...state.rules };
      for (const ruleId of starter) {
        const known = rules[ruleId];
        // Parameters may have been set before; what a person switched stays as it is.
        if (!known || known.from === '') rules[ruleId] = { ...known, status: 'active', from, reason: 'starter' };
      }
      return { ...state, pack: { id: packId, version: packVersion }, rules };
    }
    case 'RuleStatusSet': {
      const { ruleId, status, from, reason } = event.data;
      return withoutOutage(withRule(state, ruleId, { status, from, reason }), ruleId);
    }
    case 'RuleBroken': {
      const { ruleId, missing, at } = event.data;
      const known = state.rules[ruleId];
      if (!known) return state;
      const { status, from, reason } = known;
      const before = known.outage?.before ?? { status, from, reason };
      const outage = { missing, at, before };
      return withRule(state, ruleId, { status: 'broken', from, reason: 'missing', outage });
    }
    case 'RuleMended': {
      const { ruleId } = event.data;
      const before = state.rules[ruleId]?.outage?.before;
      return before ? withoutOutage(withRule(state, ruleId, before), ruleId) : state;
    }
    case 'RuleParametersSet':
      return withRule(state, event.data.ruleId, { parameters: event.data.parameters });
    case 'RuleScopeSet': {
      const { ruleId, scope } = event.data;
      return withRule(state, ruleId, { scope });
    }
    case 'PackLayerSet': {
      const { layer } = event.data;
      const known = state.layers ?? [];
      const isKnown = known.some(({ id }) => id === layer.id);
      return {
        ...state,
        layers: isKnown ? known.map((one) => (one.id === layer.id ? layer : one)) : [...known, layer],
      };
    }
    case 'PackLayerRemoved':
      return { ...state, layers: (state.layers ?? []).filter(({ id }) => id !== event.data.layerId) };
    case 'RuleDrafted': {
      const { ruleId, rule } = event.data;
      const isNew = state.rules[ruleId] === undefined;
      return withRule(state, ruleId, { draft: rule, ...(isNew ? { status: 'draft' } : {}) });
    }
    case 'RuleDraftDropped':
      return withoutDraft(state, event.data.ruleId);
    case 'RuleWritten': {
      const { ruleId, rule } = event.data;
      return withoutDraft(withRule(state, ruleId, { own: rule }), ruleId);
    }
    case 'PositiveNotesSet': {
      const { isOn, leastChecks, channel, from } = event.data;
      return { ...state, positiveNotes: { isOn, leastChecks, channel, from } };
    }
    case 'RuleRemoved': {
      const { [event.data.ruleId]: _removed, ...rules } = state.rules;
      return { ...state, rules };
    }
    case 'SilenceSet': {
      const { silenceId, ruleId, userId, about, until, reason, by } = event.data;
      const others = state.silences.filter((silence) => silence.silenceId !== silenceId);
      return { ...state, silences: [...others, { silenceId, ruleId, userId, about, until, reason, by }] };
    }
    case 'SilenceEnded':
      return {
        ...state,
        silences: state.silences.filter(({ silenceId }) => silenceId !== event.data.silenceId),
      };
  }
}

function withoutDraft(state: DisciplineSettings, ruleId: string): DisciplineSettings {
  const { draft: _over, ...setting } = state.rules[ruleId] ?? { status: 'off', from: '', reason: '' };
  const { [ruleId]: _removed, ...others } = state.rules;
  // Nothing is left of a rule that was only being written.
  return { ...state, rules: setting.status === 'draft' && !setting.own ? others : { ...others, [ruleId]: setting } };
}

function withoutOutage(state: DisciplineSettings, ruleId: string): DisciplineSettings {
  const { outage: _over, ...setting } = state.rules[ruleId] ?? { status: 'off', from: '', reason: '' };
  return { ...state, rules: { ...state.rules, [ruleId]: setting } };
}

function withRule(state: DisciplineSettings, ruleId: string, change: Partial<RuleSetting>): DisciplineSettings {
  const before = state.rules[ruleId] ?? { status: 'off', from: '', reason: '' };
  return { ...state, rules: { ...state.rules, [ruleId]: { ...before, ...change } } };
}
