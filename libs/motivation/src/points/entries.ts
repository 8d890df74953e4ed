import type { Credit } from './credits.js';

/** One line of the points ledger. What was written is never changed: an undone credit is a line of its own. */
export interface LedgerEntry {
  measure: string;
  /** When it was done; of a reversal, when what it takes back was done. */
  at: string;
  doer: string | null;
  about: string;
  /** 1 credited, -1 taken back, 0 where only the amount changed. */
  actions: 1 | 0 | -1;
  kopecks: string | null;
  currency: string | null;
}

/**
 * Lines by which credits become others: a credit stays with whoever did it, so only its going, its coming back and its amount
 * are told. `before`: as the ledger has them. Of one measure a record has one credit.
 */
export function entriesBetween(before: readonly Credit[], now: readonly Credit[]): LedgerEntry[] {
  const known = new Map(before.map((credit) => [credit.measure, credit]));
  const still = new Map(now.map((credit) => [credit.measure, credit]));
  const reversals = before.flatMap((credit) => {
    const after = still.get(credit.measure);
    return after && isSame(credit, after) ? [] : [reversed(credit)];
  });
  const credited = now.flatMap((credit) => {
    const earlier = known.get(credit.measure);
    return earlier && isSame(earlier, credit) ? changeOfAmount(earlier, credit) : [{ ...credit, actions: 1 as const }];
  });
  return [...reversals, ...credited];
}

/** The same action: done then, by the same person, for the same record, in the same money. */
const isSame = (one: Credit, other: Credit): boolean =>
  one.at === other.at && one.doer === other.doer && one.about === other.about && one.currency === other.currency;

const reversed = (credit: Credit): LedgerEntry => ({
  ...credit,
  actions: -1,
  kopecks: credit.kopecks === null ? null : (-BigInt(credit.kopecks)).toString(),
});

function changeOfAmount(before: Credit, now: Credit): LedgerEntry[] {
  if (before.kopecks === null || now.kopecks === null || before.kopecks === now.kopecks) return [];
  return [{ ...now, actions: 0, kopecks: (BigInt(now.kopecks) - BigInt(before.kopecks)).toString() }];
}
