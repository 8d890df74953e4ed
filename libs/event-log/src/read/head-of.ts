import type { Pool } from 'pg';

/** Position of the last event of a bucket, 0 when empty. */
export async function headOf(pool: Pool, bucket: number): Promise<number> {
  const { rows } = await pool.query<{ position: number }>({
    name: 'log.head',
    text: 'SELECT "position" FROM log.counter WHERE bucket = $1',
    values: [bucket],
  });
  return rows[0]?.position ?? 0;
}
