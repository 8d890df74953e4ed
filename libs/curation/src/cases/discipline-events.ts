import type { DomainEvent, EventDeclaration, JsonObject } from '@funnelwatch/kernel';
import type { ParameterValues } from '../rules/rule.js';

/** `off`; `draft`: being written; `shadow`: runs silently; `active`; `broken`: cannot be judged, and why. */
export type RuleStatus = 'off' | 'draft' | 'shadow' | 'active' | 'broken';

/** Decisions about the rules of a portal. Stream: `discipline:portal`. */
export type DisciplineEvent =
  /** The pack a portal goes by; the first one switches the starter rules on. */
  | DomainEvent<'PackChosen', { packId: string; packVersion: number; starter: string[]; from: string }>
  /** From `from` on, CRM time: episodes that began before are baseline. */
  | DomainEvent<'RuleStatusSet', { ruleId: string; status: RuleStatus; from: string; by: string; reason: string }>
  | DomainEvent<'RuleParametersSet', { ruleId: string; parameters: ParameterValues; by: string }>
  /** A rule of the portal's own, or one that replaces the pack's. */
  | DomainEvent<'RuleWritten', { ruleId: string; rule: JsonObject; by: string }>
  | DomainEvent<'RuleRemoved', { ruleId: string; by: string }>
  /** Cases that match stay silent until the end. */
  | DomainEvent<
      'SilenceSet',
      { silenceId: string; ruleId: string; userId: string; about: string; until: string; reason: string; by: string }
    >
  | DomainEvent<'SilenceEnded', { silenceId: string; by: string }>;

export const disciplineStream = 'discipline:portal';

export const disciplineEvents: readonly EventDeclaration[] = [
  {
    type: 'PackChosen',
    schemaVersion: 1,
    fields: { packId: 'text', packVersion: 'number', starter: 'list', from: 'text' },
  },
  {
    type: 'RuleStatusSet',
    schemaVersion: 1,
    fields: { ruleId: 'text', status: 'text', from: 'text', by: 'text', reason: 'text' },
  },
  { type: 'RuleParametersSet', schemaVersion: 1, fields: { ruleId: 'text', parameters: 'object', by: 'text' } },
  { type: 'RuleWritten', schemaVersion: 1, fields: { ruleId: 'text', rule: 'object', by: 'text' } },
  { type: 'RuleRemoved', schemaVersion: 1, fields: { ruleId: 'text', by: 'text' } },
  {
    type: 'SilenceSet',
    schemaVersion: 1,
    fields: {
      silenceId: 'text',
      ruleId: 'text',
      userId: 'text',
      about: 'text',
      until: 'text',
      reason: 'text',
      by: 'text',
    },
  },
  { type: 'SilenceEnded', schemaVersion: 1, fields: { silenceId: 'text', by: 'text' } },
];
