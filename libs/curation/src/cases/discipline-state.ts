import type { JsonObject } from '@funnelwatch/kernel';
import type { ParameterValues } from '../rules/rule.js';
import type { DisciplineEvent, RuleStatus } from './discipline-events.js';

export interface RuleSetting {
  status: RuleStatus;
  /** CRM time from which episodes count; ISO 8601. */
  from: string;
  reason: string;
  parameters?: ParameterValues;
  /** A rule of the portal's own, or one that stands in for the pack's. */
  own?: JsonObject;
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
      return withRule(state, ruleId, { status, from, reason });
    }
    case 'RuleParametersSet':
      return withRule(state, event.data.ruleId, { parameters: event.data.parameters });
    case 'RuleWritten':
      return withRule(state, event.data.ruleId, { own: event.data.rule });
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

function withRule(state: DisciplineSettings, ruleId: string, change: Partial<RuleSetting>): DisciplineSettings {
  const before = state.rules[ruleId] ?? { status: 'off', from: '', reason: '' };
  return { ...state, rules: { ...state.rules, [ruleId]: { ...before, ...change } } };
}
