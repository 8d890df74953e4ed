import type { EventDeclaration } from '@funnelwatch/kernel';

/** Every event type that decisions about schemes and pay append. A new shape of data is a new version with an upcaster. */
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
  {
    type: 'PayPeriodClosed',
    schemaVersion: 1,
    fields: { month: 'text', asAt: 'text', payslips: 'number', totalKopecks: 'text', by: 'text' },
  },
  {
    type: 'PayslipIssued',
    schemaVersion: 1,
    fields: { month: 'text', userId: 'text', text: 'text', hash: 'text', totalKopecks: 'text' },
  },
  { type: 'PayDisputed', schemaVersion: 1, fields: { disputeId: 'text', month: 'text', userId: 'text' } },
  {
    type: 'PayDisputeDecided',
    schemaVersion: 1,
    fields: { disputeId: 'text', outcome: 'text', correctionKopecks: 'text', by: 'text' },
  },
  { type: 'SaleShared', schemaVersion: 1, fields: { about: 'text', shares: 'list', by: 'text' } },
  { type: 'PayDisputeWithdrawn', schemaVersion: 1, fields: { disputeId: 'text' } },
];
