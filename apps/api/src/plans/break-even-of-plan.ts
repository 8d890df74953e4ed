import { kopecksOf, Rational } from '@funnelwatch/kernel';
import { commissionOf, type MotivationScheme } from '@funnelwatch/motivation';
import { breakEvenRevenue, impliedFixedCost, shared } from '@funnelwatch/plan';
import type { PlanBody } from './plans.schemas.js';
import { weightsOf } from './preview-plan.js';

export interface PlanBreakEven {
  /** Shares of revenue. */
  margin: Rational;
  variablePay: Rational;
  fixedKopecks: bigint;
  /** Null where each sale costs more than it brings. */
  revenueKopecks: bigint | null;
  /** What is left of the target after variable pay and the fixed cost. */
  leftKopecks: bigint;
}

/**
 * The break-even of a plan under the schemes that pay its sellers: what of the revenue goes to variable pay is the commission of
 * the target by their rates. Null where the plan says no margin, no break-even, or not of what it is.
 */
export function breakEvenOf(
  content: PlanBody['content'],
  schemes: ReadonlyMap<string, MotivationScheme>,
): PlanBreakEven | null {
  const { breakEven, marginKopecks } = content;
  if (!breakEven || breakEven.basis === null || marginKopecks === null || marginKopecks === '0') return null;
  const target = BigInt(content.targetKopecks);
  const margin = Rational.of(BigInt(marginKopecks), target);
  const parts = shared(target, weightsOf(content), 'exact');
  const variable = parts.reduce((sum, { userId, norm }) => {
    const commission = schemes.get(userId)?.commission;
    if (!commission || norm === 0n) return sum;
    const quota = commission.quota === 'plan' ? norm : (kopecksOf(commission.quota) ?? norm);
    return quota <= 0n ? sum : sum.plus(commissionOf(commission, norm, quota).exact);
  }, Rational.zero);
  const variablePay = variable.over(Rational.of(target));
  const said = { kopecks: BigInt(breakEven.kopecks), basis: breakEven.basis };
  const fixedKopecks = impliedFixedCost(said, { margin, variablePay });
  const left = Rational.of(target).times(margin.minus(variablePay)).round() - fixedKopecks;
  return {
    ...{ margin, variablePay, fixedKopecks, leftKopecks: left },
    revenueKopecks: breakEvenRevenue({ fixedKopecks, margin, variablePay }),
  };
}
