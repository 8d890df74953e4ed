import { Rational } from '@funnelwatch/kernel';

/** Somebody's part of what a team has to do. */
export interface Share {
  userId: string;
  /** In proportion to the others': minutes of working time, or 1 each. */
  weight: bigint;
}

/** `up`: each part rounded up, so that together they may be more. `exact`: together they are the whole. */
export type Split = 'up' | 'exact';

/**
 * A whole number shared out by weights. `exact` goes by the largest remainder; equal ones in the order given. Nobody to share
 * with, or nobody with a weight: no parts.
 */
export function shared(whole: bigint, people: readonly Share[], split: Split): { userId: string; norm: bigint }[] {
  const total = people.reduce((sum, { weight }) => sum + weight, 0n);
  if (total === 0n) return people.map(({ userId }) => ({ userId, norm: 0n }));
  const parts = people.map(({ userId, weight }) => ({ userId, exact: Rational.of(whole * weight, total) }));
  return rounded(whole, parts, split);
}

/** Exact parts of a whole as whole numbers, each rounded up or together the whole. */
export function rounded(
  whole: bigint,
  parts: readonly { userId: string; exact: Rational }[],
  split: Split,
): { userId: string; norm: bigint }[] {
  if (split === 'up') return parts.map(({ userId, exact }) => ({ userId, norm: exact.ceil() }));
  const left = whole - parts.reduce((sum, { exact }) => sum + exact.floor(), 0n);
  const remainders = parts
    .map(({ exact }, place) => ({ place, remainder: exact.minus(Rational.of(exact.floor())) }))
    .sort((one, other) => other.remainder.compare(one.remainder) || one.place - other.place);
  const raised = new Set(remainders.slice(0, Number(left)).map(({ place }) => place));
  return parts.map(({ userId, exact }, place) => ({ userId, norm: exact.floor() + (raised.has(place) ? 1n : 0n) }));
}
