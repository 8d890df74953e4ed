import { canonicalJson, type DomainEvent, Rational, Rejection } from '@funnelwatch/kernel';

/** Somebody's share of a sale, a decimal text: `0.5`. */
export interface SaleShare {
  userId: string;
  share: string;
}

/** How the money of a sale is shared between people; without shares it is its owner's again. */
export type SaleSharedEvent = DomainEvent<'SaleShared', { about: string; shares: readonly SaleShare[]; by: string }>;

export const saleShareStream = (about: string): string => `sale-share:${about}`;

/** Shares of one sale as they stand. */
export type SaleShareState = readonly SaleShare[];

export const evolveSaleShare = (_state: SaleShareState, { data }: SaleSharedEvent): SaleShareState => data.shares;

/**
 * What follows from sharing a sale. The same again is harmless. Throws `Rejection` SALE_SHARES_INVALID unless two to ten
 * different people share all of it, or nobody does.
 */
export function decideSaleShare(
  { about, shares }: { about: string; shares: readonly SaleShare[] },
  state: SaleShareState,
  by: string,
): SaleSharedEvent[] {
  const [before, now] = [state, shares].map((all) => canonicalJson({ all }));
  if (before === now) return [];
  const people = new Set(shares.map(({ userId }) => userId));
  const parts = shares.map(({ share }) => Rational.ofDecimal(share));
  const sum = parts.reduce((all, part) => all.plus(part), Rational.zero);
  const isWhole =
    shares.length >= 2 &&
    shares.length <= 10 &&
    people.size === shares.length &&
    parts.every((part) => part.compare(Rational.zero) > 0) &&
    sum.compare(Rational.one) === 0;
  if (shares.length > 0 && !isWhole)
    throw new Rejection(
      'SALE_SHARES_INVALID',
      'Two to ten different people share a sale, and their shares make 100 %.',
    );
  return [{ type: 'SaleShared', data: { about, shares, by } }];
}

/**
 * An amount shared out in whole kopecks by the largest remainder: together the parts are the amount, whatever its sign. Equal
 * remainders go in the order given.
 */
export function sharedKopecks(kopecks: bigint, shares: readonly SaleShare[]): { userId: string; kopecks: bigint }[] {
  const sign = kopecks < 0n ? -1n : 1n;
  const whole = Rational.of(kopecks * sign);
  const exact = shares.map(({ userId, share }) => ({ userId, exact: whole.times(Rational.ofDecimal(share)) }));
  const left = kopecks * sign - exact.reduce((sum, part) => sum + part.exact.floor(), 0n);
  const raised = new Set(
    exact
      .map((part, place) => ({ place, remainder: part.exact.minus(Rational.of(part.exact.floor())) }))
      .sort((one, other) => other.remainder.compare(one.remainder) || one.place - other.place)
      .slice(0, Number(left))
      .map(({ place }) => place),
  );
  return exact.map((part, place) => ({
    userId: part.userId,
    kopecks: sign * (part.exact.floor() + (raised.has(place) ? 1n : 0n)),
  }));
}
