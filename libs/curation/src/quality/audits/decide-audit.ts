import { Rejection } from '@funnelwatch/kernel';
import type { Reviewer } from '../../cases/reviewer.js';
import type { AuditDrawnData, AuditEvent, AuditScoredData } from './audit-events.js';
import { type Checklist, type Mark, scoreAudit } from './checklist.js';

export interface AuditState extends AuditDrawnData {
  scored: AuditScoredData | null;
}

export function evolveAudit(state: AuditState | null, event: AuditEvent): AuditState | null {
  switch (event.type) {
    case 'AuditDrawn':
      return state ?? { ...event.data, scored: null };
    case 'AuditScored':
      return state && { ...state, scored: event.data };
    case 'AuditScoreWithdrawn':
      return state && { ...state, scored: null };
  }
}

const unknown = (): Rejection => new Rejection('AUDIT_UNKNOWN', 'There is no such audit.');

/**
 * Scores an audit item by item. Throws `Rejection` AUDIT_UNKNOWN, AUDIT_OWN, AUDIT_HEAD_ALONE, AUDIT_SCORED (take the
 * score back first), AUDIT_MARKS_INVALID.
 */
export function decideScore(
  marks: readonly Mark[],
  checklist: Checklist,
  state: AuditState | null,
  who: Reviewer,
): AuditEvent[] {
  if (!state) throw unknown();
  if (who.ownUserIds.includes(state.seller)) {
    throw new Rejection('AUDIT_OWN', 'Nobody audits their own work: leave it to a colleague.');
  }
  if (who.isHead) throw new Rejection('AUDIT_HEAD_ALONE', 'A head of sales does not audit their own people alone.');
  const result = scoreAudit(checklist, marks);
  if (state.scored) {
    const isSame = JSON.stringify(state.scored.marks) === JSON.stringify(marks) && state.scored.by === who.accountId;
    if (isSame) return [];
    throw new Rejection('AUDIT_SCORED', 'The audit has a score. Whoever gave it can take it back.');
  }
  return [{ type: 'AuditScored', data: { marks: [...marks], ...result, by: who.accountId } }];
}

/** Takes a score back. Throws `Rejection` AUDIT_UNKNOWN, AUDIT_NOT_YOURS. */
export function decideScoreWithdrawal(state: AuditState | null, accountId: string): AuditEvent[] {
  if (!state) throw unknown();
  if (!state.scored) return [];
  if (state.scored.by !== accountId) {
    throw new Rejection('AUDIT_NOT_YOURS', 'Only whoever scored the audit takes the score back.');
  }
  return [{ type: 'AuditScoreWithdrawn', data: { by: accountId } }];
}
