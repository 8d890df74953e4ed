import { createHash } from 'node:crypto';
import { canonicalJson, Rational } from '@funnelwatch/kernel';
import { type EarningLine, type Earnings, earningsOf, type LineKind, quotaOf } from '../earnings/earnings.js';
import type { CountedMeasure } from '../points/measured-by.js';
import type { MotivationScheme } from '../scheme/scheme.js';
import { type DayOfWork, performanceOf } from './performance.js';

/** Which rules of computing made a payslip: another way of computing is another version, and this one stays callable. */
const payEngine = 'pay-1';

/** What a scheme asks that the ledger does not know, as it was when the month was closed. */
export interface PayInputs {
  /** What each indicator of the scheme counts, by its id. */
  indicators: Readonly<Record<string, CountedMeasure>>;
  planKopecks: string | null;
  /** Fractions such as `19/20`. */
  teamAttainment: string | null;
  quality: string | null;
}

interface SlipLine {
  kind: LineKind;
  id: string | null;
  kopecks: string;
  because: Readonly<Record<string, string>>;
}

/** What later facts change in a month that was paid: lines of the difference, and of the advance left after it. */
export interface MonthAdjustment {
  month: string;
  lines: readonly Omit<SlipLine, 'because'>[];
  advanceKopecks: string;
}

/** What was granted to somebody when their objection was upheld. */
export interface Correction {
  disputeId: string;
  /** The month that was disputed. */
  month: string;
  kopecks: string;
}

/** What a payslip says; amounts are whole kopecks as text. */
export interface PayslipContent {
  portalId: string;
  userId: string;
  /** `2026-03`. */
  month: string;
  /** Position of the log up to which facts counted. */
  asAt: string;
  /** What paid the month; null for a slip of adjustments alone. */
  scheme: { schemeId: string; version: number } | null;
  currency: string;
  inputs: PayInputs;
  /** What of earlier advances was not earned before the month. */
  advanceBefore: string;
  points: string | null;
  lines: readonly SlipLine[];
  adjustments: readonly MonthAdjustment[];
  corrections: readonly Correction[];
  totalKopecks: string;
  /** What of advances is left to be earned afterwards. */
  advanceKopecks: string;
}

export interface Payslip {
  /** Canonical text: the same bytes wherever it is made again. */
  text: string;
  /** SHA-256 of the text, hexadecimal. */
  hash: string;
}

/** The payslip of one person and month as bytes. */
export function payslipOf(content: PayslipContent): Payslip {
  const text = canonicalJson({ engine: payEngine, ...content });
  return { text, hash: createHash('sha256').update(text).digest('hex') };
}

/** What a payslip says. Throws when it was made by rules that this program does not know. */
export function readPayslip(text: string): PayslipContent {
  const { engine, ...content } = JSON.parse(text) as PayslipContent & { engine: string };
  if (engine !== payEngine) throw new Error(`Payslips of ${engine} cannot be read.`);
  return content;
}

/**
 * What a month earns by a scheme, from the work of its days and what else the scheme asks; null where its sales cannot be
 * measured: it goes by a plan and there is none.
 */
export function earnedIn(
  scheme: MotivationScheme,
  days: readonly DayOfWork[],
  inputs: PayInputs,
  advanceBefore: bigint,
): Earnings | null {
  const planKopecks = inputs.planKopecks === null ? null : BigInt(inputs.planKopecks);
  if (scheme.commission && quotaOf(scheme, planKopecks) === null) return null;
  const fraction = (text: string | null) => (text === null ? null : Rational.ofText(text));
  const performance = performanceOf(scheme, days, {
    indicators: new Map(Object.entries(inputs.indicators)),
    planKopecks,
    teamAttainment: fraction(inputs.teamAttainment),
    quality: fraction(inputs.quality),
    advanceKopecks: advanceBefore,
  });
  return earningsOf(scheme, performance);
}

/** A line by which a later fact changes what was paid: what is due now less what was paid, each kind apart. */
export interface AdjustmentLine {
  kind: EarningLine['kind'];
  id: string | null;
  kopecks: bigint;
}

type Paid = Pick<EarningLine, 'kind' | 'id' | 'kopecks'>;

/**
 * What a closed month would be by all that is known now, less what was paid: the scheme, version and rates are those of the
 * month. Lines that did not change are left out; together they are the difference of the totals.
 */
export function adjustmentOf(paid: { lines: readonly Paid[] }, due: { lines: readonly Paid[] }): AdjustmentLine[] {
  const keyOf = ({ kind, id }: Paid) => `${kind} ${id ?? ''}`;
  const differences = new Map<string, AdjustmentLine>();
  const add = (line: Paid, kopecks: bigint) => {
    const known = differences.get(keyOf(line));
    const { kind, id } = line;
    differences.set(keyOf(line), { kind, id, kopecks: (known?.kopecks ?? 0n) + kopecks });
  };
  for (const line of due.lines) add(line, line.kopecks);
  for (const line of paid.lines) add(line, -line.kopecks);
  return [...differences.values()].filter(({ kopecks }) => kopecks !== 0n);
}
