import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Role } from '@funnelwatch/identity-contracts';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { inScope } from '@funnelwatch/postgres';
import type pg from 'pg';
import { inScopeOf } from '../scope.js';

export type LinkKind = 'first' | 'invitation' | 'reset';

export interface LinkOrder {
  kind: LinkKind;
  role?: Role;
  /** Null for the whole installation. */
  portalId?: string | null;
  portalUserId?: string | null;
  /** Whose password is set, by a `reset`. */
  accountId?: string;
  /** Account that asks for it; null for the command line. */
  createdBy: string | null;
}

export interface CreatedLink {
  linkId: string;
  /** Shown to whoever asked, once; only its hash is kept. */
  token: string;
  expiresAt: Date;
}

export interface FoundLink {
  linkId: string;
  kind: LinkKind;
  role: Role | null;
  portalId: string | null;
  portalUserId: string | null;
  accountId: string | null;
  createdBy: string | null;
  expiresAt: Date;
}

const hour = 3_600_000;
const lifeMs: Record<LinkKind, number> = { first: 24 * hour, invitation: 7 * 24 * hour, reset: 24 * hour };

export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Links that let one person in, once. */
export class OneTimeLinks {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Clock,
  ) {}

  /** An earlier unused link to the same end is withdrawn. */
  async create(order: LinkOrder): Promise<CreatedLink> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const linkId = randomUUID();
    const expiresAt = new Date(now.getTime() + lifeMs[order.kind]);
    await inScopeOf(order.portalId ?? null, () =>
      this.pool.query(
        `WITH earlier AS (
         UPDATE identity.one_time_link SET withdrawn_at = $8
          WHERE kind = $3 AND used_at IS NULL AND withdrawn_at IS NULL AND
                (kind = 'first' OR (kind = 'reset' AND account_id = $7)
                 OR (kind = 'invitation' AND portal_user_id IS NOT NULL AND portal_id = $5 AND portal_user_id = $6)))
       INSERT INTO identity.one_time_link
         (link_id, token_hash, kind, role, portal_id, portal_user_id, account_id, created_at, expires_at, created_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          linkId,
          hashOfToken(token),
          order.kind,
          order.role ?? null,
          order.portalId ?? null,
          order.portalUserId ?? null,
          order.accountId ?? null,
          now,
          expiresAt,
          order.createdBy,
        ],
      ),
    );
    return { linkId, token, expiresAt };
  }

  /** Throws `Rejection` LINK_UNKNOWN, LINK_USED or LINK_EXPIRED; a withdrawn link is unknown. */
  async find(token: string): Promise<FoundLink> {
    // Whoever holds the token is who the link is for, whatever else they may see.
    const { rows } = await inScope('all', () =>
      this.pool.query<FoundLink & { usedAt: Date | null; withdrawnAt: Date | null }>(
        `SELECT link_id AS "linkId", kind, role, portal_id AS "portalId", portal_user_id AS "portalUserId",
              account_id AS "accountId", created_by AS "createdBy", expires_at AS "expiresAt", used_at AS "usedAt",
              withdrawn_at AS "withdrawnAt"
         FROM identity.one_time_link WHERE token_hash = $1`,
        [hashOfToken(token)],
      ),
    );
    const [found] = rows;
    if (!found || found.withdrawnAt) throw unknownLink();
    if (found.usedAt) throw usedLink();
    if (found.expiresAt <= this.clock.now()) throw expiredLink();
    return found;
  }

  /** Unused invitations to a portal, newest first; with null those to the whole installation. */
  async invitations(portalId: string | null): Promise<(FoundLink & { createdAt: Date })[]> {
    const { rows } = await inScopeOf(portalId, () =>
      this.pool.query<FoundLink & { createdAt: Date }>(
        `SELECT link_id AS "linkId", kind, role, portal_id AS "portalId", portal_user_id AS "portalUserId",
              account_id AS "accountId", created_by AS "createdBy", expires_at AS "expiresAt", created_at AS "createdAt"
         FROM identity.one_time_link
        WHERE kind = 'invitation' AND portal_id IS NOT DISTINCT FROM $1 AND used_at IS NULL AND withdrawn_at IS NULL
          AND expires_at > $2
        ORDER BY created_at DESC, link_id`,
        [portalId, this.clock.now()],
      ),
    );
    return rows;
  }

  /** Makes unused links worthless by which the password of an account could be set. */
  async withdrawResets(accountId: string): Promise<void> {
    await inScope('all', () =>
      this.pool.query(
        `UPDATE identity.one_time_link SET withdrawn_at = $2
          WHERE account_id = $1 AND kind = 'reset' AND used_at IS NULL AND withdrawn_at IS NULL`,
        [accountId, this.clock.now()],
      ),
    );
  }

  /** Throws `Rejection` INVITATION_UNKNOWN. */
  async withdraw(portalId: string | null, linkId: string): Promise<void> {
    const { rowCount } = await inScopeOf(portalId, () =>
      this.pool.query(
        `UPDATE identity.one_time_link SET withdrawn_at = $3
        WHERE link_id = $2 AND portal_id IS NOT DISTINCT FROM $1 AND kind = 'invitation' AND used_at IS NULL
          AND withdrawn_at IS NULL`,
        [portalId, linkId, this.clock.now()],
      ),
    );
    if (!rowCount) {
      throw new Rejection('INVITATION_UNKNOWN', 'There is no such invitation. It may have been used or withdrawn.');
    }
  }
}

export const unknownLink = (): Rejection =>
  new Rejection('LINK_UNKNOWN', 'This link is not known, or it was withdrawn. Ask whoever sent it for a new one.');
export const usedLink = (): Rejection =>
  new Rejection('LINK_USED', 'This link was used already. Sign in, or ask whoever sent it for a new one.');
const expiredLink = (): Rejection =>
  new Rejection('LINK_EXPIRED', 'This link has expired. Ask whoever sent it for a new one.');
