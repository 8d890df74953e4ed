import type { FunnelMonths } from '../api/schema.js';
import { addMonths } from '../format/dates.js';

export type MonthFigures = {
  month: string;
  /** Stage id → entries. */
  entries: ReadonlyMap<string, number>;
  created: number;
  won: number;
  lost: number;
  wonAmountKopecks: bigint;
};

/** Every month from `from` up to, not including, `to`. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month < to; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** The matrix by month for one seller, or for all of them together; months without anything are zeros. */
export function monthFigures(
  matrix: Pick<FunnelMonths, 'entries' | 'results'>,
  months: readonly string[],
  seller: string,
): MonthFigures[] {
  const isMine = (row: { sellerId: string }) => (seller === 'all' ? row.sellerId !== 'all' : row.sellerId === seller);
  return months.map((month) => {
    const entries = new Map<string, number>();
    for (const row of matrix.entries) {
      if (row.month !== month || !isMine(row)) continue;
      entries.set(row.stageId, (entries.get(row.stageId) ?? 0) + row.entries);
    }
    const results = matrix.results.filter((row) => row.month === month && isMine(row));
    return {
      month,
      entries,
      created: results.reduce((sum, row) => sum + row.created, 0),
      won: results.reduce((sum, row) => sum + row.won, 0),
      lost: results.reduce((sum, row) => sum + row.lost, 0),
      wonAmountKopecks: results.reduce((sum, row) => sum + BigInt(row.wonAmountKopecks), 0n),
    };
  });
}
