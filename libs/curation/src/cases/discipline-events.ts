import type { DomainEvent, EventDeclaration, JsonObject } from '@funnelwatch/kernel';
import type { NeededPart } from '../needs/portal-need.js';
import type { PositiveNotes } from '../clean-weeks/positive-notes.js';
import type { PackLayer } from '../packs/layer.js';
import type { RuleScope } from '../rules/rule-scope.js';
import type { ParameterValues } from '../rules/rule.js';

/** `off`; `draft`: being written; `shadow`: runs silently; `active`; `broken`: cannot be judged, and why. */
export type RuleStatus = 'off' | 'draft' | 'shadow' | 'active' | 'broken';

/** What a rule names and the portal's configuration no longer has. */
export interface MissingPart {
  part: NeededPart;
  id: string;
  /** Kinds of records it belonged to. */
  kinds: string[];
}

/** Decisions about the rules of a portal. Stream: `discipline:portal`. */
export type DisciplineEvent =
  /** The pack a portal goes by; the first one switches the starter rules on. */
  | DomainEvent<'PackChosen', { packId: string; packVersion: number; starter: string[]; from: string }>
  /** From `from` on, CRM time: episodes that began before are baseline. */
  | DomainEvent<'RuleStatusSet', { ruleId: string; status: RuleStatus; from: string; by: string; reason: string }>
  /** The portal's configuration no longer has what the rule names: it is not judged until that is back. `at`: CRM time. */
  | DomainEvent<'RuleBroken', { ruleId: string; missing: MissingPart[]; at: string }>
  | DomainEvent<'RuleMended', { ruleId: string; at: string }>
  | DomainEvent<'RuleParametersSet', { ruleId: string; parameters: ParameterValues; by: string }>
  /** Where the portal has a rule apply; without any list everywhere. */
  | DomainEvent<'RuleScopeSet', { ruleId: string; scope: RuleScope; by: string }>
  /** A layer between the pack and the portal, such as one for an industry; one of the same id is replaced in its place. */
  | DomainEvent<'PackLayerSet', { layer: PackLayer; by: string }>
  | DomainEvent<'PackLayerRemoved', { layerId: string; by: string }>
  /** A rule that is being written; it is judged by nobody until it is put in force. */
  | DomainEvent<'RuleDrafted', { ruleId: string; rule: JsonObject; by: string }>
  | DomainEvent<'RuleDraftDropped', { ruleId: string; by: string }>
  /** A rule of the portal's own, or one that replaces the pack's, is in force. */
  | DomainEvent<'RuleWritten', { ruleId: string; rule: JsonObject; by: string }>
  | DomainEvent<'RuleRemoved', { ruleId: string; by: string }>
  /** Whether a good word is said where one is due. */
  | DomainEvent<'PositiveNotesSet', PositiveNotes & { by: string; from: string }>
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
  { type: 'RuleBroken', schemaVersion: 1, fields: { ruleId: 'text', missing: 'list', at: 'text' } },
  { type: 'RuleMended', schemaVersion: 1, fields: { ruleId: 'text', at: 'text' } },
  { type: 'RuleParametersSet', schemaVersion: 1, fields: { ruleId: 'text', parameters: 'object', by: 'text' } },
  { type: 'RuleScopeSet', schemaVersion: 1, fields: { ruleId: 'text', scope: 'object', by: 'text' } },
  { type: 'PackLayerSet', schemaVersion: 1, fields: { layer: 'object', by: 'text' } },
  { type: 'PackLayerRemoved', schemaVersion: 1, fields: { layerId: 'text', by: 'text' } },
  { type: 'RuleDrafted', schemaVersion: 1, fields: { ruleId: 'text', rule: 'object', by: 'text' } },
  { type: 'RuleDraftDropped', schemaVersion: 1, fields: { ruleId: 'text', by: 'text' } },
  { type: 'RuleWritten', schemaVersion: 1, fields: { ruleId: 'text', rule: 'object', by: 'text' } },
  {
    type: 'PositiveNotesSet',
    schemaVersion: 1,
    fields: { isOn: 'boolean', leastChecks: 'number', channel: 'text', by: 'text', from: 'text' },
  },
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
