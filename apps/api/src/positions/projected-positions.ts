import type { Pool } from 'pg';

/** Name of the projection behind every figure. */
export const projectionName = 'funnel';

/** How far the read models are, by bucket. */
export class ProjectedPositions {
  constructor(private readonly pool: Pool) {}

  /** Positions of the buckets asked for; 0 where nothing was projected yet. */
  async of(buckets: readonly number[]): Promise<Map<number, number>> {
    const { rows } = await this.pool.query<{ bucket: number; position: number }>({
      name: 'api.projected_positions',
      text: 'SELECT bucket, "position" FROM log.checkpoint WHERE projection = $1 AND bucket = ANY ($2::int[])',
      values: [projectionName, buckets],
    });
    const positions = new Map(buckets.map((bucket) => [bucket, 0]));
    for (const { bucket, position } of rows) positions.set(bucket, position);
    return positions;
  }
}
