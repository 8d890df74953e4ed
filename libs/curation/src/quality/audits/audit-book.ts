import type { Decided, DecisionLog, PortalAddress } from '@funnelwatch/event-log';
import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { Reviewer } from '../../cases/reviewer.js';
import type { QueuePortal } from '../../queue/queue-filter.js';
import { decideOnStream } from '../../own-events/own-event.js';
import { type AuditEvent, auditStream } from './audit-events.js';
import type { Checklist, Mark } from './checklist.js';
import { type AuditState, decideScore, decideScoreWithdrawal, evolveAudit } from './decide-audit.js';

export interface AuditRow {
  state: AuditState;
  scoredAt: string | null;
}

/** Reads and scores audits. Every question names its portal. */
export class AuditBook {
  constructor(
    private readonly pool: Pool,
    private readonly parts: DecisionLog,
  ) {}

  /**
   * Audits that somebody may score, or has scored: those of their own work are neither. The oldest week first, and within
   * it in the order of ids.
   */
  async list(
    { portalId, bucket }: QueuePortal,
    who: Reviewer,
    what: 'open' | 'scored',
    limit: number,
  ): Promise<AuditRow[]> {
    const { rows } = await this.pool.query<{ state: AuditState; scored_at: Date | null }>(
      `SELECT state, scored_at FROM read.audit
        WHERE bucket = $1 AND portal_id = $2 AND NOT (seller = ANY ($3::text[]))
          AND CASE WHEN $4 = 'open' THEN scored_by IS NULL ELSE scored_by = $5 END
        ORDER BY week, audit_id LIMIT $6`,
      [bucket, portalId, who.ownUserIds, what, who.accountId, limit],
    );
    return rows.map(rowOf);
  }

  /** Throws `Rejection` AUDIT_UNKNOWN, also for an audit of one's own work. */
  async get({ portalId, bucket }: QueuePortal, auditId: string, who: Reviewer): Promise<AuditRow> {
    const { rows } = await this.pool.query<{ state: AuditState; scored_at: Date | null }>(
      `SELECT state, scored_at FROM read.audit
        WHERE bucket = $1 AND portal_id = $2 AND audit_id = $3 AND NOT (seller = ANY ($4::text[]))`,
      [bucket, portalId, auditId, who.ownUserIds],
    );
    if (!rows[0]) throw new Rejection('AUDIT_UNKNOWN', 'There is no such audit.');
    return rowOf(rows[0]);
  }

  /** Throws what `decideScore` throws. */
  score(
    portal: PortalAddress,
    auditId: string,
    marks: readonly Mark[],
    checklist: Checklist,
    who: Reviewer,
  ): Promise<Decided<AuditState | null>> {
    return this.decide(portal, auditId, who, (state) => decideScore(marks, checklist, state, who));
  }

  /** Throws what `decideScoreWithdrawal` throws. */
  withdraw(portal: PortalAddress, auditId: string, who: Reviewer): Promise<Decided<AuditState | null>> {
    return this.decide(portal, auditId, who, (state) => decideScoreWithdrawal(state, who.accountId));
  }

  private decide(
    portal: PortalAddress,
    auditId: string,
    who: Reviewer,
    decide: (state: AuditState | null) => AuditEvent[],
  ): Promise<Decided<AuditState | null>> {
    return decideOnStream(this.parts, portal, {
      streamId: auditStream(auditId),
      initial: null as AuditState | null,
      evolve: evolveAudit,
      decide,
      actor: who.userId === null ? 'system' : `user:${who.userId}`,
    });
  }
}

const rowOf = ({ state, scored_at }: { state: AuditState; scored_at: Date | null }): AuditRow => ({
  state,
  scoredAt: scored_at?.toISOString() ?? null,
});
