import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool } from 'pg';
import { type SaleShareState, sharedKopecks } from '../../domain/sale-share.js';

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

interface SoldOfDeal {
  doer: string;
  measure: string;
  day: string;
  currency: string | null;
  about: string;
  kopecks: bigint;
}

/** Somebody's part of an amount; all of it where it is not shared. */
function partOf(kopecks: bigint, shares: SaleShareState | undefined, person: string): bigint {
  if (!shares) return kopecks;
  return sharedKopecks(kopecks, shares).find(({ userId }) => userId === person)?.kopecks ?? 0n;
}

/** Takes the money of shared sales from their owners and gives each their part; a sale stays an action of its owner. */
function withShares(
  done: readonly DoneOnDay[],
  sold: readonly SoldOfDeal[],
  shares: ReadonlyMap<string, SaleShareState>,
  people: readonly string[] | null,
): DoneOnDay[] {
  const keyOf = ({ doer, measure, day, currency }: Omit<DoneOnDay, 'actions' | 'kopecks'>) =>
    [doer, measure, day, currency ?? ''].join(' ');
  const known = new Map(done.map((row) => [keyOf(row), row]));
  const add = (sale: SoldOfDeal, doer: string, kopecks: bigint): void => {
    if (people?.includes(doer) === false) return;
    const { measure, day, currency } = sale;
    const row = known.get(keyOf({ doer, measure, day, currency })) ?? {
      doer,
      measure,
      day,
      currency,
      actions: 0,
      kopecks: 0n,
    };
    known.set(keyOf(row), { ...row, kopecks: (row.kopecks ?? 0n) + kopecks });
  };
  for (const sale of sold) {
    add(sale, sale.doer, -sale.kopecks);
    for (const part of sharedKopecks(sale.kopecks, shares.get(sale.about) ?? [])) add(sale, part.userId, part.kopecks);
  }
  return [...known.values()].filter(({ actions, kopecks }) => actions !== 0 || (kopecks ?? 0n) !== 0n);
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
    const done = rows.map((row) => ({ ...row, kopecks: row.kopecks === null ? null : BigInt(row.kopecks) }));
    const shares = await this.shares({ bucket, portalId }, upTo);
    if (shares.size === 0) return done;
    const sold = await this.soldOf({ bucket, portalId }, { from, to, zone }, [...shares.keys()], upTo);
    return withShares(done, sold, shares, people);
  }

  /** Sales that are shared, by what they are about; as it was known at a position of the log. */
  async shares({ bucket, portalId }: PortalAddress, upTo: number | null): Promise<Map<string, SaleShareState>> {
    const { rows } = await this.pool.query<{ about: string; shares: SaleShareState }>({
      name: 'motivation.shares',
      text: `SELECT DISTINCT ON (about) about, shares FROM read.sale_share
              WHERE bucket = $1 AND portal_id = $2 AND ($3::bigint IS NULL OR position <= $3)
              ORDER BY about, position DESC`,
      values: [bucket, portalId, upTo],
    });
    return new Map(rows.flatMap(({ about, shares }) => (shares.length === 0 ? [] : [[about, shares]])));
  }

  /** Whether anything was ever sold by what is given. */
  async isSold({ bucket, portalId }: PortalAddress, about: string): Promise<boolean> {
    const { rowCount } = await this.pool.query({
      name: 'motivation.is_sold',
      text: `SELECT FROM read.ledger_entry
              WHERE bucket = $1 AND portal_id = $2 AND about = $3 AND (starts_with(measure, 'won:') OR measure = 'paid')
              LIMIT 1`,
      values: [bucket, portalId, about],
    });
    return (rowCount ?? 0) > 0;
  }

  /** What was sold of the deals given within a period, by whom the ledger has it. */
  private async soldOf(
    { bucket, portalId }: PortalAddress,
    { from, to, zone }: LedgerPeriod,
    abouts: readonly string[],
    upTo: number | null,
  ): Promise<SoldOfDeal[]> {
    const { rows } = await this.pool.query<Omit<SoldOfDeal, 'kopecks'> & { kopecks: string }>({
      name: 'motivation.sold_of',
      text: `SELECT doer, measure, to_char(done_at AT TIME ZONE $5, 'YYYY-MM-DD') AS day, currency, about,
                    sum(kopecks)::text AS kopecks
               FROM read.ledger_entry
              WHERE bucket = $1 AND portal_id = $2 AND doer IS NOT NULL AND about = ANY ($6::text[])
                AND done_at >= $3 AND done_at < $4 AND ($7::bigint IS NULL OR position <= $7)
                AND (starts_with(measure, 'won:') OR measure = 'paid')
              GROUP BY doer, measure, day, currency, about
             HAVING sum(kopecks) <> 0`,
      values: [bucket, portalId, from, to, zone, [...abouts], upTo],
    });
    return rows.map((row) => ({ ...row, kopecks: BigInt(row.kopecks) }));
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

  /** Lines of one person within a period, their parts of shared sales, the newest first, `limit` at most. */
  async lines(
    { bucket, portalId }: PortalAddress,
    { from, to }: Omit<LedgerPeriod, 'zone'>,
    person: string,
    limit: number,
  ): Promise<LedgerLine[]> {
    const shares = await this.shares({ bucket, portalId }, null);
    const theirs = [...shares].flatMap(([about, all]) => (all.some(({ userId }) => userId === person) ? [about] : []));
    const { rows } = await this.pool.query<
      Omit<LedgerLine, 'kopecks' | 'doneAt'> & { kopecks: string | null; done_at: Date }
    >({
      name: 'motivation.lines',
      text: `SELECT position, line, event_id AS "eventId", stream_id AS stream, measure, done_at, doer, about, actions,
                    kopecks::text AS kopecks, currency
               FROM read.ledger_entry
              WHERE bucket = $1 AND portal_id = $2
                AND (doer = $5 OR about = ANY ($7::text[]) AND (starts_with(measure, 'won:') OR measure = 'paid'))
                AND done_at >= $3 AND done_at < $4
              ORDER BY done_at DESC, position DESC, line DESC LIMIT $6`,
      values: [bucket, portalId, from, to, person, limit, theirs],
    });
    return rows.map(({ done_at, kopecks, ...row }) => ({
      ...row,
      doneAt: done_at.toISOString(),
      kopecks: kopecks === null ? null : partOf(BigInt(kopecks), shares.get(row.about), person),
    }));
  }
}
