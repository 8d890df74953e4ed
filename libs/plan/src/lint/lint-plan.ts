import { Rational, roublesOf } from '@funnelwatch/kernel';
import { tooFew } from '@funnelwatch/statistics';
import type { ChainStep } from '../decomposition/decompose.js';

/** `fault`: the plan has no meaning as it stands. `warning`: it has, but somebody should know. `question`: only they know. */
export interface PlanFinding {
  severity: 'fault' | 'warning' | 'question';
  code: PlanCode;
  /** Which indicator; null where it is about the whole plan. */
  indicatorId: string | null;
  /** Figures for the words. */
  values: Readonly<Record<string, string>>;
}

export type PlanCode =
  | 'SALES_TIMES_AVERAGE'
  | 'TARGET_INVALID'
  | 'AVERAGE_SALE_INVALID'
  | 'NO_INDICATORS'
  | 'NO_SELLERS'
  | 'CONVERSION_IMPOSSIBLE'
  | 'CONVERSION_UNKNOWN'
  | 'CONVERSION_ZERO'
  | 'HISTORY_TOO_SHORT'
  | 'MARGIN_ABOVE_TARGET'
  | 'BREAK_EVEN_BASIS_UNKNOWN'
  | 'BREAK_EVEN_ABOVE_TARGET'
  | 'PARTS_DIFFER_FROM_TARGET';

/** A plan as somebody wrote it down, sense or not. */
export interface PlanDraft {
  targetKopecks: bigint;
  averageSaleKopecks: bigint;
  /** The number of sales beside the target, where it was given. */
  statedSales: number | null;
  /** What of the target is margin, where it was given. */
  marginKopecks: bigint | null;
  breakEven: { kopecks: bigint; basis: 'revenue' | 'margin' | null } | null;
  steps: readonly ChainStep[];
  /** Targets of the sellers, where they were given apart. */
  parts: readonly { userId: string; targetKopecks: bigint }[];
  sellerCount: number;
}

/** What does not fit in a plan, the whole plan first, then its indicators in the order of the funnel. */
export function lintPlan(draft: PlanDraft): PlanFinding[] {
  return [...ofMoney(draft), ...ofTeam(draft), ...draft.steps.flatMap(ofStep)];
}

function finding(
  severity: PlanFinding['severity'],
  code: PlanCode,
  values: Record<string, string> = {},
  indicatorId: string | null = null,
): PlanFinding {
  return { severity, code, indicatorId, values };
}

function ofMoney(draft: PlanDraft): PlanFinding[] {
  const { targetKopecks: target, averageSaleKopecks: average, statedSales, marginKopecks: margin } = draft;
  const found: PlanFinding[] = [];
  if (target <= 0n) found.push(finding('fault', 'TARGET_INVALID'));
  if (average <= 0n) found.push(finding('fault', 'AVERAGE_SALE_INVALID'));
  if (target <= 0n || average <= 0n) return found;
  if (statedSales !== null) {
    const brings = BigInt(statedSales) * average;
    const needed = Rational.of(target, average);
    // Only whole sales can be made: the number is right when one less would not do and it does.
    if (needed.ceil() !== BigInt(statedSales) || (brings !== target && needed.denominator === 1n))
      found.push(
        finding('warning', 'SALES_TIMES_AVERAGE', {
          sales: String(statedSales),
          average: roublesOf(average),
          brings: roublesOf(brings),
          target: roublesOf(target),
          needed: needed.ceil().toString(),
        }),
      );
  }
  if (margin !== null && margin > target)
    found.push(finding('fault', 'MARGIN_ABOVE_TARGET', { margin: roublesOf(margin), target: roublesOf(target) }));
  return [...found, ...ofBreakEven(draft)];
}

function ofBreakEven({ breakEven, targetKopecks: target, marginKopecks: margin }: PlanDraft): PlanFinding[] {
  if (breakEven === null) return [];
  const { kopecks, basis } = breakEven;
  if (basis === null) {
    // As margin it stands for the revenue that brings it.
    const asRevenue = margin === null || margin <= 0n ? null : Rational.of(kopecks * target, margin).ceil();
    return [
      finding('question', 'BREAK_EVEN_BASIS_UNKNOWN', {
        breakEven: roublesOf(kopecks),
        ...(asRevenue === null ? {} : { revenue: roublesOf(asRevenue) }),
      }),
    ];
  }
  const compared = basis === 'revenue' ? target : margin;
  if (compared === null || kopecks <= compared) return [];
  const values = { breakEven: roublesOf(kopecks), target: roublesOf(compared), basis };
  return [finding('warning', 'BREAK_EVEN_ABOVE_TARGET', values)];
}

function ofTeam({ steps, sellerCount, parts, targetKopecks }: PlanDraft): PlanFinding[] {
  const found: PlanFinding[] = [];
  if (steps.length === 0) found.push(finding('warning', 'NO_INDICATORS'));
  if (sellerCount === 0) found.push(finding('fault', 'NO_SELLERS'));
  const sum = parts.reduce((all, part) => all + part.targetKopecks, 0n);
  if (parts.length > 0 && sum !== targetKopecks)
    found.push(
      finding('warning', 'PARTS_DIFFER_FROM_TARGET', { parts: roublesOf(sum), target: roublesOf(targetKopecks) }),
    );
  return found;
}

function ofStep({ indicatorId, conversion: { entered, converted } }: ChainStep): PlanFinding[] {
  const values = { entered: String(entered), converted: String(converted) };
  if (converted > entered) return [finding('fault', 'CONVERSION_IMPOSSIBLE', values, indicatorId)];
  if (entered === 0) return [finding('fault', 'CONVERSION_UNKNOWN', values, indicatorId)];
  if (converted === 0) return [finding('fault', 'CONVERSION_ZERO', values, indicatorId)];
  return tooFew(entered) ? [finding('warning', 'HISTORY_TOO_SHORT', values, indicatorId)] : [];
}
