import type { EventDeclaration } from '@funnelwatch/kernel';

/** Every event type that decisions about plans append. A new shape of data is a new version with an upcaster. */
export const planEvents: readonly EventDeclaration[] = [
  // A pipeline may be null: the plan is about all of them.
  {
    type: 'PlanDrafted',
    schemaVersion: 1,
    fields: { planId: 'text', version: 'number', month: 'text', teamId: 'text', content: 'object', by: 'text' },
  },
  {
    type: 'PlanIssued',
    schemaVersion: 1,
    fields: { planId: 'text', version: 'number', effectiveFrom: 'text', by: 'text' },
  },
  { type: 'PlanSigned', schemaVersion: 1, fields: { planId: 'text', version: 'number', userId: 'text' } },
  { type: 'PlanWithdrawn', schemaVersion: 1, fields: { planId: 'text', by: 'text' } },
  // Minutes may be null: nobody said how long an action takes.
  {
    type: 'IndicatorDefined',
    schemaVersion: 1,
    fields: { indicatorId: 'text', name: 'object', measure: 'object', isOffered: 'boolean', by: 'text' },
  },
];
