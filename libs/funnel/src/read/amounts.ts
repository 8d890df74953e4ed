import type { Amounts } from '../scope.js';

/** Adds up money by currency: the base one, and each other one apart. */
export class AmountTally {
  private kopecks = 0n;
  private readonly others = new Map<string, { count: number; kopecks: bigint }>();

  constructor(private readonly currency: string) {}

  add(currency: string, count: number, kopecks: bigint): void {
    if (count === 0) return;
    if (currency === this.currency) {
      this.kopecks += kopecks;
      return;
    }
    const other = this.others.get(currency) ?? { count: 0, kopecks: 0n };
    this.others.set(currency, { count: other.count + count, kopecks: other.kopecks + kopecks });
  }

  amounts(): Amounts {
    const others = [...this.others].map(([currency, sum]) => ({ currency, ...sum }));
    return {
      currency: this.currency,
      kopecks: this.kopecks,
      others: others.sort((left, right) => (left.currency < right.currency ? -1 : 1)),
    };
  }
}
