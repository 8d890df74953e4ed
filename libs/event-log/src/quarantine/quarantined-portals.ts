import type { Pool, PoolClient } from 'pg';

/** Portals of which a projection has set events aside: what depends on it being complete must wait for them. */
export async function quarantinedPortals(source: Pool | PoolClient, projection: string): Promise<string[]> {
  const { rows } = await source.query<{ portalId: string }>({
    name: 'quarantine.portals',
    text: `SELECT DISTINCT portal_id AS "portalId" FROM log.quarantine WHERE projection = $1 ORDER BY 1`,
    values: [projection],
  });
  return rows.map((row) => row.portalId);
}
