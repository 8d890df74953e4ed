import { withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import { loadFactsOfKinds, type PortalPlace } from '../../judge/bundles.js';
import { OrgChart } from '../../judge/org-chart.js';

/** Who stands above whom in a portal, by what it tells of users and departments. */
export class ReportingLines {
  constructor(private readonly pool: Pool) {}

  /** Those of the users who report to one of the heads, directly or through departments above their own. */
  async reportTo(
    portal: PortalPlace,
    userIds: readonly string[],
    headIds: readonly string[],
    now: Date,
  ): Promise<Set<string>> {
    if (userIds.length === 0 || headIds.length === 0) return new Set();
    const facts = await withTransaction(this.pool, (client) =>
      loadFactsOfKinds(client, portal, ['user', 'department'], Number.MAX_SAFE_INTEGER),
    );
    const chart = new OrgChart(facts);
    const heads = new Set(headIds);
    return new Set(userIds.filter((userId) => chart.managersOf(userId, now.getTime()).some((id) => heads.has(id))));
  }
}
