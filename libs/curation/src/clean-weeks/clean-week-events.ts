import type { DomainEvent, EventDeclaration } from '@funnelwatch/kernel';

/** Somebody had a week with enough opportunities and no confirmed violation. Stream: `clean-weeks:<user>`. */
export type CleanWeekEvent = DomainEvent<
  'CleanWeekNoted',
  {
    /** User of the portal. */
    person: string;
    /** Monday of the week in the portal's zone, `YYYY-MM-DD`. */
    week: string;
    checks: number;
  }
>;

export const cleanWeeksStream = (person: string): string => `clean-weeks:${person}`;

export const cleanWeekEvents: readonly EventDeclaration[] = [
  { type: 'CleanWeekNoted', schemaVersion: 1, fields: { person: 'text', week: 'text', checks: 'number' } },
];
