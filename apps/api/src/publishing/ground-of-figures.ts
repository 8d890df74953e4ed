import type { RegisteredPortal } from '@funnelwatch/portals';
import type pg from 'pg';

/** What the figures of a portal rest on in the database. */
export interface Ground {
  /** Position of the bucket's log that the read models have all reached. */
  position: number;
  /** The same text as long as the read models say the same. */
  mark: string;
}

/** Read models that figures are worked out from. */
const models = ['plan', 'motivation', 'curation'];

/**
 * How far the read models of a portal are. What was set aside is part of it: when it is applied after all, a read model
 * changes without going on; a generation that took over may know more at the same position.
 */
export async function readGround(pool: pg.Pool, { bucket, portalId }: RegisteredPortal): Promise<Ground> {
  const { rows } = await pool.query<{ projection: string; generation: number; position: number; aside: number }>({
    name: 'api.ground_of_figures',
    text: `SELECT serving.projection, serving.generation, coalesce(reached."position", 0) AS "position",
                  (SELECT count(*)::int FROM log.quarantine
                    WHERE projection = serving.projection AND bucket = $1 AND portal_id = $2) AS aside
             FROM log.projection_version serving
             LEFT JOIN log.checkpoint reached ON reached.projection = serving.projection AND reached.bucket = $1
            WHERE serving.state = 'serving' AND serving.projection = ANY ($3::text[]) ORDER BY 1`,
    values: [bucket, portalId, models],
  });
  const begun = rows.map(({ position }) => position).filter((position) => position > 0);
  return { position: begun.length === 0 ? 0 : Math.min(...begun), mark: JSON.stringify(rows) };
}
