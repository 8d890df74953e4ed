/** What was sold in a month. */
export interface SoldMonth {
  month: string;
  sales: number;
  kopecks: bigint;
}

export interface AdequacyQuestion {
  targetKopecks: bigint;
  /** Full months before the plan’s, in order. */
  months: readonly SoldMonth[];
  /** Minutes of work that the plan’s figures take; null where no action has minutes. */
  minutesNeeded: bigint | null;
  /** Working minutes of all sellers in the month. */
  minutesAvailable: number;
}

export interface Adequacy {
  /** Share of the months in which less was sold than the target; null without a month. */
  percentile: number | null;
  /** What the months sold on average. */
  usualKopecks: bigint | null;
  usualSales: number | null;
  usualAverageKopecks: bigint | null;
  /** By how much one factor alone would have to grow, the others as usual: target ÷ usual. Null where nothing was sold. */
  uplift: number | null;
  /** Share of the working time that the plan’s figures take. */
  load: number | null;
}

/** How much a plan asks, beside what was done before. Shares and ratios are for reading; money stays whole kopecks. */
export function adequacyOf({ targetKopecks, months, minutesNeeded, minutesAvailable }: AdequacyQuestion): Adequacy {
  const count = BigInt(months.length);
  const sold = months.reduce((sum, { kopecks }) => sum + kopecks, 0n);
  const sales = months.reduce((sum, month) => sum + month.sales, 0);
  const usualKopecks = count === 0n ? null : sold / count;
  const below = months.filter(({ kopecks }) => kopecks < targetKopecks).length;
  return {
    percentile: months.length === 0 ? null : below / months.length,
    usualKopecks,
    usualSales: months.length === 0 ? null : sales / months.length,
    usualAverageKopecks: sales === 0 ? null : sold / BigInt(sales),
    uplift: usualKopecks === null || usualKopecks <= 0n ? null : Number(targetKopecks) / Number(usualKopecks),
    load: minutesNeeded === null || minutesAvailable === 0 ? null : Number(minutesNeeded) / minutesAvailable,
  };
}
