import { int4Array, withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { FeedAssignment } from '../port.js';
import { fairShare } from './fair-share.js';
import type { LeaseOptions, Leases } from './leases.js';

/**
 * A lease is given for nine tenths of its duration, and one that seems to end later than the whole counts as expired:
 * however the clock of the server is set back, a dead holder keeps a bucket no longer than the duration, and a step of
 * less than a tenth takes no bucket from a living one.
 */
const GIVEN_SHARE = 0.9;

/** Leases in `log.lease`; the time that counts is the server's. */
export class PostgresLeases implements Leases {
  private readonly preparedGroups = new Set<string>();

  constructor(
    private readonly pool: Pool,
    private readonly options: LeaseOptions,
  ) {}

  private get givenMs(): number {
    return this.options.leaseMs * GIVEN_SHARE;
  }

  async hold(group: string, holder: string): Promise<FeedAssignment[]> {
    if (!this.preparedGroups.has(group)) await this.prepare(group);
    return withTransaction(this.pool, async (client) => {
      const members = await this.sayHere(client, group, holder);
      const share = fairShare(this.options.bucketCount, members);
      const held = await this.renew(client, group, holder, share);
      if (held < share) await this.take(client, group, holder, share - held);
      const { rows } = await client.query<FeedAssignment>({
        name: 'lease.held',
        text: 'SELECT bucket, epoch FROM log.lease WHERE group_name = $1 AND holder = $2 ORDER BY bucket',
        values: [group, holder],
      });
      return rows;
    });
  }

  /**
   * As `hold`, for buckets that somebody else has shared out: renews those of them that `holder` has, gives back its
   * others, takes the free and the expired. What another one holds stays that one's.
   */
  async claim(group: string, holder: string, buckets: readonly number[]): Promise<FeedAssignment[]> {
    if (!this.preparedGroups.has(group)) await this.prepare(group);
    return withTransaction(this.pool, async (client) => {
      await this.sayHere(client, group, holder);
      await client.query({
        name: 'lease.claim_renew',
        text: `UPDATE log.lease
                  SET holder = CASE WHEN bucket = ANY ($3::int[]) THEN holder END,
                      expires_at = CASE WHEN bucket = ANY ($3::int[]) THEN clock_timestamp() + $4 * interval '1 ms'
                                        ELSE '-infinity' END,
                      lease_ms = $5
                WHERE group_name = $1 AND holder = $2`,
        values: [group, holder, int4Array(buckets), this.givenMs, this.options.leaseMs],
      });
      await this.take(client, group, holder, buckets.length, buckets);
      const { rows } = await client.query<FeedAssignment>({
        name: 'lease.held',
        text: 'SELECT bucket, epoch FROM log.lease WHERE group_name = $1 AND holder = $2 ORDER BY bucket',
        values: [group, holder],
      });
      return rows;
    });
  }

  async release(group: string, holder: string): Promise<void> {
    await withTransaction(this.pool, async (client) => {
      await client.query('DELETE FROM log.member WHERE group_name = $1 AND holder = $2', [group, holder]);
      await client.query(
        `UPDATE log.lease SET holder = NULL, expires_at = '-infinity' WHERE group_name = $1 AND holder = $2`,
        [group, holder],
      );
    });
  }

  private async prepare(group: string): Promise<void> {
    await this.pool.query(
      `INSERT INTO log.lease (group_name, bucket) SELECT $1, generate_series(0, $2::int - 1) ON CONFLICT DO NOTHING`,
      [group, this.options.bucketCount],
    );
    // Workers that ended without a word, from earlier runs.
    await this.pool.query(`DELETE FROM log.member WHERE group_name = $1 AND expires_at < now() - interval '1 hour'`, [
      group,
    ]);
    this.preparedGroups.add(group);
  }

  /** Returns how many workers of the group are alive, this one included. */
  private async sayHere(client: PoolClient, group: string, holder: string): Promise<number> {
    await client.query({
      name: 'lease.say_here',
      text: `INSERT INTO log.member (group_name, holder, expires_at, lease_ms)
             VALUES ($1, $2, clock_timestamp() + $3 * interval '1 ms', $4)
             ON CONFLICT (group_name, holder)
             DO UPDATE SET expires_at = excluded.expires_at, lease_ms = excluded.lease_ms`,
      values: [group, holder, this.givenMs, this.options.leaseMs],
    });
    const { rows } = await client.query<{ members: number }>({
      name: 'lease.members',
      text: `SELECT count(*) AS members FROM log.member WHERE group_name = $1 AND log.is_held(expires_at, lease_ms)`,
      values: [group],
    });
    return rows[0]?.members ?? 1;
  }

  private async renew(client: PoolClient, group: string, holder: string, share: number): Promise<number> {
    const { rows } = await client.query<{ held: number }>({
      name: 'lease.renew',
      text: `WITH mine AS (
               SELECT bucket, row_number() OVER (ORDER BY bucket) AS place FROM log.lease
                WHERE group_name = $1 AND holder = $2
             ), changed AS (
               UPDATE log.lease AS lease
                  SET holder = CASE WHEN mine.place <= $3 THEN lease.holder END,
                      expires_at = CASE WHEN mine.place <= $3 THEN clock_timestamp() + $4 * interval '1 ms'
                                        ELSE '-infinity' END,
                      lease_ms = $5
                 FROM mine
                WHERE lease.group_name = $1 AND lease.bucket = mine.bucket AND lease.holder = $2
               RETURNING lease.holder
             )
             SELECT count(holder) AS held FROM changed`,
      values: [group, holder, share, this.givenMs, this.options.leaseMs],
    });
    return rows[0]?.held ?? 0;
  }

  /** Takes at most `wanted` free or expired buckets, of all or of those named. */
  private async take(
    client: PoolClient,
    group: string,
    holder: string,
    wanted: number,
    among: readonly number[] | null = null,
  ): Promise<void> {
    await client.query({
      name: 'lease.take',
      text: `UPDATE log.lease AS lease
                SET holder = $2, epoch = lease.epoch + 1, expires_at = clock_timestamp() + $4 * interval '1 ms',
                    lease_ms = $6
               FROM (SELECT bucket FROM log.lease
                      WHERE group_name = $1 AND bucket < $5 AND ($7::int[] IS NULL OR bucket = ANY ($7))
                        AND (holder IS NULL OR NOT log.is_held(expires_at, lease_ms))
                      ORDER BY bucket LIMIT $3 FOR UPDATE SKIP LOCKED) AS free
              WHERE lease.group_name = $1 AND lease.bucket = free.bucket`,
      values: [
        group,
        holder,
        wanted,
        this.givenMs,
        this.options.bucketCount,
        this.options.leaseMs,
        among && int4Array(among),
      ],
    });
  }
}
