import type { MotivationScheme } from '../scheme/scheme.js';
import type { DayOfWork } from './performance.js';
import {
  adjustmentOf,
  type Correction,
  earnedIn,
  type MonthAdjustment,
  type PayInputs,
  type PayslipContent,
} from './payslip.js';

/** A month that somebody was paid for, and what the ledger says of it now. */
export interface PaidMonth {
  slip: PayslipContent;
  /** The scheme by which it was paid; null for a slip of adjustments alone. */
  scheme: MotivationScheme | null;
  days: readonly DayOfWork[];
}

/** What pays somebody in the month that is being closed. */
export interface Paying {
  schemeId: string;
  version: number;
  scheme: MotivationScheme;
  inputs: PayInputs;
  days: readonly DayOfWork[];
}

export interface Settlement {
  portalId: string;
  userId: string;
  month: string;
  asAt: string;
  /** Null when no scheme pays them in the month. */
  paying: Paying | null;
  /** Earlier closed months, in order. */
  before: readonly PaidMonth[];
  /** Granted so far; what an earlier payslip has is passed over. */
  corrections: readonly Correction[];
}

const nothingAsked: PayInputs = { indicators: {}, planKopecks: null, teamAttainment: null, quality: null };

/**
 * What somebody is paid for a month: what the scheme earns, what later facts change in earlier months at the rates and versions
 * of those, and what was granted in disputes. Null when there is nothing to say, `PLAN_MISSING` where the scheme goes by a plan
 * and there is none. A function of its arguments alone, so that a payslip is made again from the log and the slips before it.
 */
export function settle({ paying, before, corrections, ...person }: Settlement): PayslipContent | null | 'PLAN_MISSING' {
  const slips = before.map(({ slip }) => slip);
  const adjustments = before.flatMap((paid, place) => adjusted(paid, slips.slice(place + 1)));
  const known = new Set(slips.flatMap((slip) => slip.corrections.map(({ disputeId }) => disputeId)));
  const granted = corrections
    .filter(({ disputeId, kopecks }) => !known.has(disputeId) && kopecks !== '0')
    .sort((one, other) => (one.disputeId < other.disputeId ? -1 : 1));
  const last = slips.at(-1);
  if (paying === null && adjustments.length === 0 && granted.length === 0) return null;
  const carried = BigInt(last?.advanceKopecks ?? '0') + sum(adjustments.map(({ advanceKopecks }) => advanceKopecks));
  const earned = paying && earnedIn(paying.scheme, paying.days, paying.inputs, carried);
  if (paying && !earned) return 'PLAN_MISSING';
  const lines = (earned?.lines ?? []).map(({ kopecks, ...line }) => ({ ...line, kopecks: kopecks.toString() }));
  const all = [...lines, ...adjustments.flatMap((adjustment) => adjustment.lines), ...granted];
  return {
    ...person,
    scheme: paying && { schemeId: paying.schemeId, version: paying.version },
    currency: paying?.scheme.currency ?? last?.currency ?? 'RUB',
    inputs: paying?.inputs ?? nothingAsked,
    advanceBefore: carried.toString(),
    points: earned?.score?.points.toString() ?? null,
    lines,
    adjustments,
    corrections: granted,
    totalKopecks: sum(all.map(({ kopecks }) => kopecks)).toString(),
    advanceKopecks: (earned?.advanceKopecks ?? carried).toString(),
  };
}

const sum = (kopecks: readonly string[]): bigint => kopecks.reduce((all, each) => all + BigInt(each), 0n);

/** What is due for a paid month by what is known now, less the slip and what later slips adjusted already. */
function adjusted({ slip, scheme, days }: PaidMonth, later: readonly PayslipContent[]): MonthAdjustment[] {
  if (!scheme) return [];
  const due = earnedIn(scheme, days, slip.inputs, BigInt(slip.advanceBefore));
  // What could be paid once can be computed again: the inputs are those of the slip.
  if (!due) throw new Error(`The payslip of ${slip.month} cannot be computed again.`);
  const told = later.flatMap(({ adjustments }) => adjustments.filter(({ month }) => month === slip.month));
  const paid = [...slip.lines, ...told.flatMap(({ lines }) => lines)];
  const lines = adjustmentOf(
    { lines: paid.map(({ kopecks, ...line }) => ({ ...line, kopecks: BigInt(kopecks) })) },
    due,
  );
  const advance =
    due.advanceKopecks - BigInt(slip.advanceKopecks) - sum(told.map(({ advanceKopecks }) => advanceKopecks));
  if (lines.length === 0 && advance === 0n) return [];
  const written = lines
    .map(({ kind, id, kopecks }) => ({ kind, id, kopecks: kopecks.toString() }))
    .sort((one, other) => (`${one.kind} ${one.id ?? ''}` < `${other.kind} ${other.id ?? ''}` ? -1 : 1));
  return [{ month: slip.month, lines: written, advanceKopecks: advance.toString() }];
}
