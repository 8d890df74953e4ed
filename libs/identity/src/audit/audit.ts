import type { Clock } from '@funnelwatch/kernel';
import { inScope } from '@funnelwatch/postgres';
import type pg from 'pg';

/** What is recorded. Ids and codes only: no names, no typed text, no secrets. */
export interface AuditEntry {
  accountId: string | null;
  actor: 'account' | 'nobody' | 'command line' | 'system';
  /** `noun.verb`, for example `session.begin`. */
  action: string;
  portalId: string | null;
  /** What it was done to: `deal:12`, an account id. */
  object: string | null;
  address: string | null;
  result: 'done' | 'refused' | 'failed';
  details?: Record<string, string | number | boolean | null>;
}

export interface RecordedEntry extends Required<AuditEntry> {
  auditId: number;
  at: Date;
}

export interface AuditFilters {
  /** Null for everything there is. */
  portalId: string | null;
  action?: string | undefined;
  accountId?: string | undefined;
  result?: AuditEntry['result'] | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** The record of sign-ins, changes, and reads of personal data. It is only ever added to. */
export class Audit {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Clock,
  ) {}

  async record(entry: AuditEntry): Promise<void> {
    const insert = () =>
      this.pool.query({
        name: 'identity.record_audit',
        text: `INSERT INTO identity.audit (at, account_id, actor, action, portal_id, object, address, result, details)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        values: [
          this.clock.now(),
          entry.accountId,
          entry.actor,
          entry.action,
          entry.portalId,
          entry.object,
          entry.address,
          entry.result,
          JSON.stringify(entry.details ?? {}),
        ],
      });
    // Also a refused attempt at a portal that whoever asks may not see.
    await inScope(entry.portalId === null ? 'all' : [entry.portalId], insert);
  }

  /** Newest first, those before `beforeId`, as far as the caller's scope reaches. */
  async page(
    filters: AuditFilters,
    { beforeId, limit }: { beforeId?: number; limit: number },
  ): Promise<RecordedEntry[]> {
    const { rows } = await this.pool.query<RecordedEntry>(
      `SELECT audit_id AS "auditId", at, account_id AS "accountId", actor, action, portal_id AS "portalId", object,
              address, result, details
         FROM identity.audit
        WHERE ($1::uuid IS NULL OR portal_id = $1) AND ($2::text IS NULL OR action = $2)
          AND ($3::uuid IS NULL OR account_id = $3) AND ($4::text IS NULL OR result = $4)
          AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
          AND ($7::bigint IS NULL OR audit_id < $7)
        ORDER BY audit_id DESC LIMIT $8`,
      [
        filters.portalId,
        filters.action ?? null,
        filters.accountId ?? null,
        filters.result ?? null,
        filters.from ?? null,
        filters.to ?? null,
        beforeId ?? null,
        limit,
      ],
    );
    return rows;
  }
}
