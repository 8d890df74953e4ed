import { Rational, Rejection } from '@funnelwatch/kernel';
import { rounded, shared, type Share, type Split } from './split-norm.js';

/** How many of those that entered a step reached the next one: whole numbers, so that nothing is lost to rounding. */
export interface Conversion {
  entered: number;
  converted: number;
}

/** A leading indicator and how many of it reach what follows it in the chain. */
export interface ChainStep {
  indicatorId: string;
  conversion: Conversion;
}

/** `final`: the chain stays exact and is rounded up where it is shown. `step`: each figure starts from the rounded one after it. */
export type Rounding = 'final' | 'step';

export interface PlanQuestion {
  targetKopecks: bigint;
  averageSaleKopecks: bigint;
  /** In the order of the funnel; the last one converts into sales. */
  steps: readonly ChainStep[];
  rounding: Rounding;
  sellers: readonly Share[];
  split: Split;
  /** Rates of the steps by seller, where each goes by their own; the team’s then is what they come to together. */
  ownRates?: ReadonlyMap<string, readonly Rational[]> | undefined;
}

/** What one indicator of a plan comes to. */
export interface PlannedFigure {
  /** The indicator; null: sales. */
  indicatorId: string | null;
  /** As the formula gives it. */
  exact: Rational;
  /** The team's figure: rounded up. */
  team: bigint;
  norms: readonly { userId: string; norm: bigint }[];
  /** By how much the norms together go beyond the team's figure. */
  surplus: bigint;
}

/**
 * A money target as sales and leading indicators: sales = target ÷ average sale, rounded up, and each indicator = what
 * follows it ÷ its conversion into that. In the order of the funnel, sales last. Throws a `Rejection` where a figure would
 * have no meaning: PLAN_TARGET_INVALID, PLAN_AVERAGE_SALE_INVALID, PLAN_CONVERSION_UNKNOWN (nothing entered),
 * PLAN_CONVERSION_ZERO (none reached the next), PLAN_CONVERSION_IMPOSSIBLE (more than entered).
 */
export function decompose(question: PlanQuestion): PlannedFigure[] {
  const { targetKopecks, averageSaleKopecks, steps, rounding } = question;
  if (targetKopecks <= 0n) throw new Rejection('PLAN_TARGET_INVALID', 'A target is more than nothing.');
  if (averageSaleKopecks <= 0n)
    throw new Rejection('PLAN_AVERAGE_SALE_INVALID', 'An average sale is more than nothing.');
  const sales = Rational.of(Rational.of(targetKopecks, averageSaleKopecks).ceil());
  const figures = [figureOf(null, sales, question)];
  let following = sales;
  if (question.ownRates) return [...chainsOfSellers(question, question.ownRates, sales), ...figures];
  for (const { indicatorId, conversion } of steps.toReversed()) {
    const exact = following.over(rateOf(indicatorId, conversion));
    figures.unshift(figureOf(indicatorId, exact, question));
    following = rounding === 'step' ? Rational.of(exact.ceil()) : exact;
  }
  return figures;
}

/** A conversion as an exact rate. Throws as `decompose`. */
function rateOf(indicatorId: string, { entered, converted }: Conversion): Rational {
  if (entered === 0 && converted === 0)
    throw new Rejection('PLAN_CONVERSION_UNKNOWN', `Nothing is known of how ${indicatorId} converts.`);
  if (converted > entered)
    throw new Rejection(
      'PLAN_CONVERSION_IMPOSSIBLE',
      `${converted} of ${entered} ${indicatorId} cannot have reached the next step.`,
    );
  if (converted === 0)
    throw new Rejection(
      'PLAN_CONVERSION_ZERO',
      `None of ${entered} ${indicatorId} reached the next step: the target cannot be reached at this rate.`,
    );
  return Rational.of(converted, entered);
}

/** Each seller’s part of the sales, led back through their own rates; in the order of the funnel, without sales. */
function chainsOfSellers(
  { steps, sellers, split, rounding }: PlanQuestion,
  ownRates: ReadonlyMap<string, readonly Rational[]>,
  sales: Rational,
): PlannedFigure[] {
  for (const { indicatorId, conversion } of steps) rateOf(indicatorId, conversion);
  const total = Rational.of(sellers.reduce((sum, { weight }) => sum + weight, 0n));
  let following = sellers.map(({ userId, weight }) => ({
    userId,
    exact: total.compare(Rational.zero) === 0 ? Rational.zero : sales.times(Rational.of(weight)).over(total),
  }));
  const figures: PlannedFigure[] = [];
  for (const [back, { indicatorId, conversion }] of steps.toReversed().entries()) {
    const place = steps.length - 1 - back;
    const parts = following.map(({ userId, exact }) => ({
      userId,
      exact: exact.over(ownRates.get(userId)?.[place] ?? rateOf(indicatorId, conversion)),
    }));
    const exact = parts.reduce((sum, part) => sum.plus(part.exact), Rational.zero);
    const team = exact.ceil();
    const norms = rounded(team, parts, split);
    const surplus = norms.reduce((sum, { norm }) => sum + norm, 0n) - team;
    figures.unshift({ indicatorId, exact, team, norms, surplus });
    following = rounding === 'step' ? parts.map((part) => ({ ...part, exact: Rational.of(part.exact.ceil()) })) : parts;
  }
  return figures;
}

function figureOf(indicatorId: string | null, exact: Rational, { sellers, split }: PlanQuestion): PlannedFigure {
  const team = exact.ceil();
  const norms = shared(team, sellers, split);
  return { indicatorId, exact, team, norms, surplus: norms.reduce((sum, { norm }) => sum + norm, 0n) - team };
}
