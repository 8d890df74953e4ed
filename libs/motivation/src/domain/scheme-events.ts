import type { EventDeclaration } from '@funnelwatch/kernel';

/** Every event type that decisions about schemes append. A new shape of data is a new version with an upcaster. */
export const motivationEvents: readonly EventDeclaration[] = [
  {
    type: 'SchemeDrafted',
    schemaVersion: 1,
    fields: { schemeId: 'text', version: 'number', content: 'object', by: 'text' },
  },
  { type: 'SchemeApproved', schemaVersion: 1, fields: { schemeId: 'text', version: 'number', by: 'text' } },
  {
    type: 'SchemeIssued',
    schemaVersion: 1,
    fields: { schemeId: 'text', version: 'number', fromMonth: 'text', by: 'text' },
  },
  { type: 'SchemeSigned', schemaVersion: 1, fields: { schemeId: 'text', version: 'number', userId: 'text' } },
  { type: 'SchemeWithdrawn', schemaVersion: 1, fields: { schemeId: 'text', fromMonth: 'text', by: 'text' } },
];
