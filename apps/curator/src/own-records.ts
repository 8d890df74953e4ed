import type { PoolClient } from 'pg';

/** Tasks that the product wrote into a portal, as streams: they are nobody's work. */
export async function ownRecords(
  client: PoolClient,
  { portalId, bucket }: { portalId: string; bucket: number },
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ id: string }>({
    name: 'curator.own_tasks',
    text: `SELECT portal_object_id AS id FROM writeback.own_object
            WHERE bucket = $1 AND portal_id = $2 AND kind = 'task'`,
    values: [bucket, portalId],
  });
  return new Set(rows.map(({ id }) => `task:${id}`));
}
