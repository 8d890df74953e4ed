import type { PoolClient } from 'pg';
import type { SellerView } from '../answers.js';
import { type FunnelScope, viewsOf } from '../scope.js';

interface SellerRow {
  sellerId: string;
  name: string | null;
  secondName: string | null;
  lastName: string | null;
  isActive: boolean | null;
  departmentIds: string[] | null;
}

/** Everyone responsible for a lead, deal or invoice that counts; `unknown` when some have nobody. */
export async function readSellers(client: PoolClient, scope: FunnelScope): Promise<SellerView[]> {
  const views = viewsOf(scope);
  const { rows } = await client.query<SellerRow>(
    `SELECT owner.seller_id AS "sellerId", person.name, person.second_name AS "secondName",
            person.last_name AS "lastName", person.is_active AS "isActive", person.department_ids AS "departmentIds"
       FROM (SELECT DISTINCT coalesce(owner_id, 'unknown') AS seller_id
               FROM ${views}.funnel_object
              WHERE bucket = $1 AND portal_id = $2 AND state = 'present') owner
       LEFT JOIN ${views}.person ON person.bucket = $1 AND person.portal_id = $2 AND person.user_id = owner.seller_id`,
    [scope.bucket, scope.portalId],
  );
  const sellers = rows.map((row) => ({
    sellerId: row.sellerId,
    name: [row.name, row.lastName].filter((part) => part).join(' ') || null,
    isActive: row.isActive ?? false,
    departmentIds: row.departmentIds ?? [],
  }));
  return sellers.sort(
    (left, right) =>
      Number(right.isActive) - Number(left.isActive) ||
      (left.name ?? '\uffff').localeCompare(right.name ?? '\uffff', 'ru') ||
      left.sellerId.localeCompare(right.sellerId, 'en', { numeric: true }),
  );
}
