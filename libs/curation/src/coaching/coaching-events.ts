import type { DomainEvent, EventDeclaration } from '@funnelwatch/kernel';

export interface CoachingOpenedData {
  coachingId: string;
  /** User of the portal whom it concerns. */
  person: string;
  ruleId: string;
  /** Cases that make it up, in the order in which their episodes began. */
  caseIds: string[];
  /** When the case began that made them so many; CRM time. */
  since: string;
}

/** One talk about a rule that somebody broke again and again, instead of one about each case. Stream: `coaching:<id>`. */
export type CoachingEvent =
  | DomainEvent<'CoachingOpened', CoachingOpenedData>
  | DomainEvent<'CoachingCasesChanged', { caseIds: string[] }>
  /** Too few of its cases are left: they were void, or no breaches. */
  | DomainEvent<'CoachingWithdrawn', { caseIds: string[] }>
  | DomainEvent<'CoachingDone', { by: string }>
  | DomainEvent<'CoachingReopened', { by: string }>;

export const coachingStream = (coachingId: string): string => `coaching:${coachingId}`;

/** Id of a coaching of a stream, null for other streams. */
export const coachingOf = (streamId: string): string | null =>
  streamId.startsWith('coaching:') ? streamId.slice('coaching:'.length) : null;

export const coachingEvents: readonly EventDeclaration[] = [
  {
    type: 'CoachingOpened',
    schemaVersion: 1,
    fields: { coachingId: 'text', person: 'text', ruleId: 'text', caseIds: 'list', since: 'text' },
  },
  { type: 'CoachingCasesChanged', schemaVersion: 1, fields: { caseIds: 'list' } },
  { type: 'CoachingWithdrawn', schemaVersion: 1, fields: { caseIds: 'list' } },
  { type: 'CoachingDone', schemaVersion: 1, fields: { by: 'text' } },
  { type: 'CoachingReopened', schemaVersion: 1, fields: { by: 'text' } },
];
