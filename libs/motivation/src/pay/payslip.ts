import { createHash } from 'node:crypto';
import { canonicalJson, type JsonObject } from '@funnelwatch/kernel';
import type { EarningLine, Earnings } from '../earnings/earnings.js';

/** Which rules of computing made a payslip: another way of computing is another version, and this one stays callable. */
const payEngine = 'pay-1';

/** What a payslip is a function of, besides what was done. */
export interface PayslipBasis {
  portalId: string;
  userId: string;
  /** `2026-03`. */
  month: string;
  schemeId: string;
  schemeVersion: number;
  /** Position of the log up to which facts counted. */
  asAt: string;
  /** Version of the production calendar by which days were counted. */
  calendar: string;
}

export interface Payslip {
  /** Canonical text: the same bytes wherever it is made again. */
  text: string;
  /** SHA-256 of the text, hexadecimal. */
  hash: string;
}

const lineOf = ({ kind, id, kopecks, because }: EarningLine): JsonObject => ({
  ...{ kind, id, kopecks: kopecks.toString(), because },
});

/** The payslip of one person and month. */
export function payslipOf(basis: PayslipBasis, { lines, totalKopecks, score, advanceKopecks }: Earnings): Payslip {
  const content: JsonObject = {
    engine: payEngine,
    ...basis,
    points: score === null ? null : score.points.toString(),
    lines: lines.map(lineOf),
    totalKopecks: totalKopecks.toString(),
    advanceKopecks: advanceKopecks.toString(),
  };
  const text = canonicalJson(content);
  return { text, hash: createHash('sha256').update(text).digest('hex') };
}

/** A line by which a later fact changes what was paid: what is due now less what was paid, each kind apart. */
export interface AdjustmentLine {
  kind: EarningLine['kind'];
  id: string | null;
  kopecks: bigint;
}

/**
 * What a closed month would be by all that is known now, less what was paid: the scheme, version and rates are those of the
 * month. Lines that did not change are left out; together they are the difference of the totals.
 */
export function adjustmentOf(paid: Earnings, due: Earnings): AdjustmentLine[] {
  const keyOf = ({ kind, id }: EarningLine) => `${kind} ${id ?? ''}`;
  const differences = new Map<string, AdjustmentLine>();
  const add = (line: EarningLine, kopecks: bigint) => {
    const known = differences.get(keyOf(line));
    const { kind, id } = line;
    differences.set(keyOf(line), { kind, id, kopecks: (known?.kopecks ?? 0n) + kopecks });
  };
  for (const line of due.lines) add(line, line.kopecks);
  for (const line of paid.lines) add(line, -line.kopecks);
  return [...differences.values()].filter(({ kopecks }) => kopecks !== 0n);
}
