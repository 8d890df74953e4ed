import { withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import type { MonthFigures } from './figures.js';
import { type PublishedPortal, writeMonth } from './write-month.js';

/** What is noted of the figures that were published last. */
export interface PublishedRun {
  /** ISO 8601; through when the portal had been read, null before the first time. */
  asOf: string | null;
  publishedAt: Date;
  /** Position of the bucket's log that the read models had reached. */
  position: number;
  /** How long it took to work the figures out. */
  seconds: number;
}

/** Writes the tables of `published` for one portal at a time. */
export class PublishedFigures {
  constructor(private readonly pool: Pool) {}

  /** Writes months of a portal, by `2026-03`, and that it was done: all of it or nothing. Months that are not told stay. */
  async write(
    portal: PublishedPortal,
    months: ReadonlyMap<string, MonthFigures>,
    { asOf, publishedAt, position, seconds }: PublishedRun,
  ): Promise<void> {
    await withTransaction(this.pool, async (client) => {
      for (const [month, figures] of months) await writeMonth(client, portal, month, figures);
      await client.query(
        `INSERT INTO published.run (bucket, portal_id, as_of, published_at, "position", seconds)
         VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (bucket, portal_id) DO UPDATE SET as_of = excluded.as_of, published_at = excluded.published_at,
                "position" = excluded."position", seconds = excluded.seconds, error_code = NULL`,
        [portal.bucket, portal.portalId, asOf, publishedAt, position, seconds],
      );
    });
  }

  /** Notes that what stands there is right still; false when nothing was ever published. */
  async renew({ bucket, portalId }: PublishedPortal, publishedAt: Date): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE published.run SET published_at = $3, error_code = NULL
        WHERE bucket = $1 AND portal_id = $2 AND published_at IS NOT NULL`,
      [bucket, portalId, publishedAt],
    );
    return (rowCount ?? 0) > 0;
  }

  /** Notes why the figures could not be published; what was published before stays, with its time. */
  async noteFailure({ bucket, portalId }: PublishedPortal, errorCode: string): Promise<void> {
    await this.pool.query(
      `INSERT INTO published.run (bucket, portal_id, error_code) VALUES ($1, $2, $3)
           ON CONFLICT (bucket, portal_id) DO UPDATE SET error_code = excluded.error_code`,
      [bucket, portalId, errorCode],
    );
  }
}
