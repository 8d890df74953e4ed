import type { PortalAddress } from '@funnelwatch/event-log';
import { unknownSeller } from '@funnelwatch/funnel';
import type { Pool } from 'pg';
import { sellerUnknown } from '../access/request-access.js';

/** Names of a portal's employees by id; null where the portal has not told or the person was erased. */
export class PersonNames {
  constructor(private readonly names: ReadonlyMap<string, string | null>) {}

  of(userId: string): string | null {
    return this.names.get(userId) ?? null;
  }

  ref(sellerId: string): { sellerId: string; name: string | null } {
    return { sellerId, name: this.of(sellerId) };
  }

  /** Owner of a record as a seller: `unknown` when the portal names nobody. */
  ownerRef(ownerId: string | null): { sellerId: string; sellerName: string | null } {
    const sellerId = ownerId ?? unknownSeller;
    return { sellerId, sellerName: this.of(sellerId) };
  }
}

/**
 * Everyone the portal has told of, sellers or not: whoever changed a record has a name too. Plain SQL through `pg` over
 * a view of a few rows.
 */
export class People {
  constructor(private readonly pool: Pool) {}

  async names(portal: PortalAddress): Promise<PersonNames> {
    const { rows } = await this.pool.query<{ userId: string; name: string | null }>({
      name: 'api.person_names',
      text: `SELECT user_id AS "userId", nullif(concat_ws(' ', nullif(name, ''), nullif(last_name, '')), '') AS name
               FROM read.person WHERE bucket = $1 AND portal_id = $2`,
      values: [portal.bucket, portal.portalId],
    });
    return new PersonNames(new Map(rows.map(({ userId, name }) => [userId, name])));
  }

  /** Every user of the portal by name, those it has dismissed last. */
  async users(portal: PortalAddress): Promise<{ userId: string; name: string | null; isActive: boolean }[]> {
    const { rows } = await this.pool.query<{ userId: string; name: string | null; isActive: boolean }>({
      name: 'api.portal_users',
      text: `SELECT user_id AS "userId", is_active AS "isActive",
                    nullif(concat_ws(' ', nullif(name, ''), nullif(last_name, '')), '') AS name
               FROM read.person WHERE bucket = $1 AND portal_id = $2
              ORDER BY is_active DESC, 3 NULLS LAST, user_id`,
      values: [portal.bucket, portal.portalId],
    });
    return rows;
  }

  /** Throws `Rejection` SELLER_UNKNOWN for an id that is neither an employee nor was ever responsible for anything. */
  async refuseUnknownSeller(portal: PortalAddress, seller: string): Promise<void> {
    if (seller === 'all' || seller === unknownSeller) return;
    const { rows } = await this.pool.query<{ isKnown: boolean }>(
      `SELECT EXISTS (SELECT FROM read.person WHERE bucket = $1 AND portal_id = $2 AND user_id = $3)
           OR EXISTS (SELECT FROM read.object_version WHERE bucket = $1 AND portal_id = $2 AND owner_id = $3) AS "isKnown"`,
      [portal.bucket, portal.portalId, seller],
    );
    if (!rows[0]?.isKnown) throw sellerUnknown();
  }
}
