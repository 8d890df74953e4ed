import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';

/** What somebody did of one measure on one day, what was undone of it taken off. */
export interface DoneOnDay {
  doer: string;
  measure: string;
  /** `YYYY-MM-DD` in the portal's zone. */
  day: string;
  actions: number;
  /** By currency, where something was sold. */
  kopecks: bigint | null;
  currency: string | null;
}

/** One line of the ledger with where it comes from. */
export interface LedgerLine {
  position: number;
  line: number;
  eventId: string;
  stream: string;
  measure: string;
  doneAt: string;
  doer: string | null;
  about: string;
  actions: number;
  kopecks: bigint | null;
  currency: string | null;
}

/** Instants `[from, to)`, and the zone by which days are told. */
export interface LedgerPeriod {
  from: Date;
  to: Date;
  zone: string;
}

/** Reads the points ledger of one portal. */
export class LedgerReader {
  constructor(private readonly pool: Pool) {}

  /**
   * What was done within a period, by everybody whom anybody knows, or by the people given; with `upTo` as it was known at
   * that position of the log.
   */
  async done(
    { bucket, portalId }: PortalAddress,
    { from, to, zone }: LedgerPeriod,
    people: readonly string[] | null,
    upTo: number | null = null,
  ): Promise<DoneOnDay[]> {
    const { rows } = await this.pool.query<Omit<DoneOnDay, 'kopecks'> & { kopecks: string | null }>({
      name: 'motivation.done',
      text: `SELECT doer, measure, to_char(done_at AT TIME ZONE $5, 'YYYY-MM-DD') AS day, currency,
                    sum(actions)::int AS actions, sum(kopecks)::text AS kopecks
               FROM read.ledger_entry
              WHERE bucket = $1 AND portal_id = $2 AND doer IS NOT NULL
                AND done_at >= $3 AND done_at < $4
                AND ($6::text[] IS NULL OR doer = ANY ($6))
                AND ($7::bigint IS NULL OR position <= $7)
              GROUP BY doer, measure, day, currency
             HAVING sum(actions) <> 0 OR coalesce(sum(kopecks), 0) <> 0
              ORDER BY doer, measure, day, currency`,
      values: [bucket, portalId, from, to, zone, people === null ? null : [...people], upTo],
    });
    return rows.map((row) => ({ ...row, kopecks: row.kopecks === null ? null : BigInt(row.kopecks) }));
  }

  /** What was sold by month: deals won in a pipeline, or in all of them, in one currency. Months without a sale are left out. */
  async soldByMonth(
    { bucket, portalId }: PortalAddress,
    { from, to, zone }: LedgerPeriod,
    { pipelineId, currency }: { pipelineId: string | null; currency: string },
  ): Promise<{ month: string; sales: number; kopecks: bigint }[]> {
    const { rows } = await this.pool.query<{ month: string; sales: number; kopecks: string }>({
      name: 'motivation.sold_by_month',
      text: `SELECT to_char(done_at AT TIME ZONE $5, 'YYYY-MM') AS month, sum(actions)::int AS sales,
                    coalesce(sum(kopecks), 0)::text AS kopecks
               FROM read.ledger_entry
              WHERE bucket = $1 AND portal_id = $2 AND done_at >= $3 AND done_at < $4
                AND starts_with(measure, 'won:') AND ($6::text IS NULL OR measure = 'won:' || $6) AND currency = $7
              GROUP BY 1 ORDER BY 1`,
      values: [bucket, portalId, from, to, zone, pipelineId, currency],
    });
    return rows.map((row) => ({ ...row, kopecks: BigInt(row.kopecks) }));
  }

  /** How often each measure was done within a period, what was undone taken off. */
  async counts(
    { bucket, portalId }: PortalAddress,
    { from, to }: Omit<LedgerPeriod, 'zone'>,
  ): Promise<Map<string, number>> {
    const { rows } = await this.pool.query<{ measure: string; actions: number }>({
      name: 'motivation.counts',
      text: `SELECT measure, sum(actions)::int AS actions FROM read.ledger_entry
              WHERE bucket = $1 AND portal_id = $2 AND done_at >= $3 AND done_at < $4 GROUP BY measure`,
      values: [bucket, portalId, from, to],
    });
    return new Map(rows.map(({ measure, actions }) => [measure, actions]));
  }

  /** How often each measure was done by month, by the people given, what was undone taken off. */
  async countsByMonth(
    { bucket, portalId }: PortalAddress,
    { from, to, zone }: LedgerPeriod,
    people: readonly string[],
  ): Promise<{ month: string; doer: string; measure: string; actions: number }[]> {
    const { rows } = await this.pool.query<{ month: string; doer: string; measure: string; actions: number }>({
      name: 'motivation.counts_by_month',
      text: `SELECT to_char(done_at AT TIME ZONE $5, 'YYYY-MM') AS month, doer, measure, sum(actions)::int AS actions
               FROM read.ledger_entry
              WHERE bucket = $1 AND portal_id = $2 AND done_at >= $3 AND done_at < $4 AND doer = ANY ($6::text[])
              GROUP BY 1, 2, 3`,
      values: [bucket, portalId, from, to, zone, [...people]],
    });
    return rows;
  }

  /** Lines of one person within a period, the newest first, `limit` at most. */
  async lines(
    { bucket, portalId }: PortalAddress,
    { from, to }: Omit<LedgerPeriod, 'zone'>,
    person: string,
    limit: number,
  ): Promise<LedgerLine[]> {
    const { rows } = await this.pool.query<
      Omit<LedgerLine, 'kopecks' | 'doneAt'> & { kopecks: string | null; done_at: Date }
    >({
      name: 'motivation.lines',
      text: `SELECT position, line, event_id AS "eventId", stream_id AS stream, measure, done_at, doer, about, actions,
                    kopecks::text AS kopecks, currency
               FROM read.ledger_entry
              WHERE bucket = $1 AND portal_id = $2 AND doer = $5
                AND done_at >= $3 AND done_at < $4
              ORDER BY done_at DESC, position DESC, line DESC LIMIT $6`,
      values: [bucket, portalId, from, to, person, limit],
    });
    return rows.map(({ done_at, kopecks, ...row }) => ({
      ...row,
      doneAt: done_at.toISOString(),
      kopecks: kopecks === null ? null : BigInt(kopecks),
    }));
  }
}
