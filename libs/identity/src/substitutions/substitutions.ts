import { randomUUID } from 'node:crypto';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type pg from 'pg';
import { personUnknown } from '../memberships/memberships.js';

export interface Substitution {
  substitutionId: string;
  absentId: string;
  absentName: string;
  substituteId: string;
  substituteName: string;
  startsAt: Date;
  endsAt: Date;
}

interface SubstitutionOrder {
  portalId: string;
  absentId: string;
  substituteId: string;
  startsAt: Date;
  endsAt: Date;
  createdBy: string;
}

const longestDays = 120;

/** Who stands in for whom while somebody is absent. */
export class Substitutions {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Clock,
  ) {}

  /** Those that last or are to come, soonest first. */
  async of(portalId: string): Promise<Substitution[]> {
    const { rows } = await this.pool.query<Substitution>(
      `SELECT substitution_id AS "substitutionId", absent_id AS "absentId", absent.name AS "absentName",
              substitute_id AS "substituteId", substitute.name AS "substituteName", starts_at AS "startsAt",
              ends_at AS "endsAt"
         FROM identity.substitution
         JOIN identity.account AS absent ON absent.id = absent_id
         JOIN identity.account AS substitute ON substitute.id = substitute_id
        WHERE portal_id = $1 AND cancelled_at IS NULL AND ends_at > $2
        ORDER BY starts_at, substitution_id`,
      [portalId, this.clock.now()],
    );
    return rows;
  }

  /**
   * Both must have a role in the portal. Throws `Rejection` SUBSTITUTION_INVALID (the times, or one person twice) or
   * PERSON_UNKNOWN.
   */
  async arrange(order: SubstitutionOrder): Promise<string> {
    const { portalId, absentId, substituteId, startsAt, endsAt } = order;
    const now = this.clock.now();
    if (absentId === substituteId) throw invalid('Nobody can stand in for themselves. Choose another person.');
    if (startsAt >= endsAt) throw invalid('The last moment must come after the first one.');
    if (endsAt <= now) throw invalid('The absence has ended already. Choose a later end.');
    if (endsAt.getTime() - startsAt.getTime() > longestDays * 86_400_000) {
      throw invalid(`An absence lasts at most ${longestDays} days. Give the person another role instead.`);
    }
    const substitutionId = randomUUID();
    const { rowCount } = await this.pool.query(
      `INSERT INTO identity.substitution
         (substitution_id, portal_id, absent_id, substitute_id, role, starts_at, ends_at, created_by, created_at)
       SELECT $1, $2, absent.account_id, own.account_id, absent.role, $5, $6, $7, $8
         FROM identity.membership AS absent JOIN identity.membership AS own USING (portal_id)
        WHERE absent.portal_id = $2 AND absent.account_id = $3 AND own.account_id = $4`,
      [substitutionId, portalId, absentId, substituteId, startsAt, endsAt, order.createdBy, now],
    );
    if (!rowCount) throw personUnknown();
    return substitutionId;
  }

  /** Throws `Rejection` SUBSTITUTION_UNKNOWN. */
  async cancel(portalId: string, substitutionId: string): Promise<void> {
    const { rowCount } = await this.pool.query(
      `UPDATE identity.substitution SET cancelled_at = $3
        WHERE portal_id = $1 AND substitution_id = $2 AND cancelled_at IS NULL`,
      [portalId, substitutionId, this.clock.now()],
    );
    if (!rowCount) throw new Rejection('SUBSTITUTION_UNKNOWN', 'There is no such substitution. It may have ended.');
  }
}

const invalid = (sentence: string): Rejection => new Rejection('SUBSTITUTION_INVALID', sentence);
