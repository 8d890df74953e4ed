import type { Comparison } from './compare.js';

/** One line of the bench: what was done, the figure in words, and its target if it has one. */
export interface Row {
  work: string;
  figure: string;
  value: number;
  target: string | null;
  reached: boolean;
  /** Where a peer did the same: what both reached in every round. */
  rounds?: { unit: string; product: number[]; peer: number[]; ratios: number[] };
}

export interface Target {
  /** The ratio must be at least, or at most, this; no target when left out. */
  least?: number;
  most?: number;
}

/** A line for a comparison with a peer: the median of the rounds' ratios, with the lowest and the highest. */
export function ratioRow(work: string, unit: string, comparison: Comparison, { least, most }: Target = {}): Row {
  const { product, peer, ratios } = comparison;
  const value = medianOf(ratios);
  const [lowest, highest] = [Math.min(...ratios), Math.max(...ratios)];
  const target = least !== undefined ? `≥ ${least}×` : most !== undefined ? `≤ ${most}×` : null;
  return {
    work: `${work}: ${shown(medianOf(product))} against ${shown(medianOf(peer))} ${unit}`,
    figure: `${value.toFixed(2)}× (${lowest.toFixed(2)} to ${highest.toFixed(2)})`,
    value,
    target,
    reached: value >= (least ?? 0) && value <= (most ?? Number.POSITIVE_INFINITY),
    rounds: { unit, product, peer, ratios },
  };
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}

const shown = (value: number): string => (value >= 100 ? String(Math.round(value)) : value.toFixed(1));
