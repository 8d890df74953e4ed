import type { DomainEvent, EventDeclaration } from '@funnelwatch/kernel';
import type { AuditedKind, Mark } from './checklist.js';

export interface AuditDrawnData {
  auditId: string;
  /** Monday of the week, in the portal's zone: `YYYY-MM-DD`. */
  week: string;
  /** User of the portal whose work is audited. */
  seller: string;
  kind: AuditedKind;
  /** The record: `activity:77`, `deal:12`. */
  about: string;
  happenedAt: string;
  /** Version of the portal's checklist by then; it scores what was drawn by it. */
  checklistId: string;
  checklistVersion: number;
}

export interface AuditScoredData {
  marks: Mark[];
  score: number | null;
  isPassed: boolean;
  failedBy: string[];
  by: string;
}

/** Life of an audit. Stream: `audit:<id>`. */
export type AuditEvent =
  | DomainEvent<'AuditDrawn', AuditDrawnData>
  | DomainEvent<'AuditScored', AuditScoredData>
  | DomainEvent<'AuditScoreWithdrawn', { by: string }>;

export const auditStream = (auditId: string): string => `audit:${auditId}`;

/** Id of an audit of a stream, null for other streams. */
export const auditOf = (streamId: string): string | null =>
  streamId.startsWith('audit:') ? streamId.slice('audit:'.length) : null;

export const auditEvents: readonly EventDeclaration[] = [
  {
    type: 'AuditDrawn',
    schemaVersion: 1,
    fields: {
      ...{ auditId: 'text', week: 'text', seller: 'text', kind: 'text', about: 'text', happenedAt: 'text' },
      ...{ checklistId: 'text', checklistVersion: 'number' },
    },
  },
  {
    type: 'AuditScored',
    schemaVersion: 1,
    fields: { marks: 'list', isPassed: 'boolean', failedBy: 'list', by: 'text' },
  },
  { type: 'AuditScoreWithdrawn', schemaVersion: 1, fields: { by: 'text' } },
];
