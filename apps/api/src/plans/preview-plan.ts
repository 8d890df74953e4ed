import {
  decompose,
  type Indicator,
  lintPlan,
  type PlanContent,
  type PlanDraft,
  type PlannedFigure,
  type PlanQuestion,
} from '@funnelwatch/plan';
import { Rational } from '@funnelwatch/kernel';
import { chanceOfAtLeast, shrinkageWeight, shrunk, tooFew, triesFor, wilson } from '@funnelwatch/statistics';
import type { PlanPreview } from './plans.schemas.js';

/** Chances for which volumes are told. */
const chances = [0.5, 0.8, 0.9];

/** Of more sales no chance is told: they are not single events any more. */
const mostSales = 20_000;

/** What a plan comes to and what does not fit in it. */
export function previewPlan(content: PlanContent, indicators: readonly Indicator[]): PlanPreview {
  const draft = draftOf(content);
  const findings = lintPlan(draft);
  if (findings.some(({ severity }) => severity === 'fault')) return { figures: null, findings };
  const planned = decompose(planQuestionOf(content));
  const sales = Number(planned.at(-1)?.team ?? 0n);
  const figures = planned.map((figure, place) => {
    const observed = towardsSales(content, place);
    const minutes = indicators.find(({ indicatorId }) => indicatorId === figure.indicatorId)?.minutes ?? null;
    return {
      ...wordsOf(figure),
      conversion: conversionOf(content, place),
      volumes: observed ? chances.map((chance) => ({ chance, volume: triesFor(sales, chance, observed) })) : [],
      chanceAtPlan: observed && sales <= mostSales ? chanceOfAtLeast(sales, Number(figure.team), observed) : null,
      minutes: minutes === null ? null : (figure.team * BigInt(minutes)).toString(),
    };
  });
  return { figures, findings };
}

/** Sellers as a whole is shared between them. */
export const weightsOf = ({ sellers }: Pick<PlanContent, 'sellers'>): { userId: string; weight: bigint }[] =>
  sellers.map(({ userId, weight }) => ({ userId, weight: BigInt(weight) }));

/** What is asked of the decomposition. */
export function planQuestionOf(content: PlanContent): PlanQuestion {
  const { targetKopecks, averageSaleKopecks, steps } = draftOf(content);
  return {
    ...{ targetKopecks, averageSaleKopecks, steps, rounding: content.rounding, split: content.split },
    sellers: weightsOf(content),
    ownRates: content.base.pooling === 'shrunk' ? ownRatesOf(content) : undefined,
  };
}

/** Rates of each seller, drawn towards the team’s the more the less they did; null where the team has none. */
function ownRatesOf({ steps, sellers }: PlanContent): Map<string, Rational[]> | undefined {
  if (steps.some(({ entered, converted }) => entered === 0 || converted === 0)) return undefined;
  const own = sellers.map(({ conversions }) =>
    steps.map((_, place) => {
      const { entered, converted } = conversions?.[place] ?? { entered: 0, converted: 0 };
      return { n: entered, converted };
    }),
  );
  const weights = steps.map((_, place) => shrinkageWeight(own.flatMap((rates) => rates[place] ?? [])));
  return new Map(
    sellers.map(({ userId }, seller) => [
      userId,
      steps.map(({ entered, converted }, place) => {
        const team = { n: entered, converted };
        const [over, under] = shrunk(own[seller]?.[place] ?? { n: 0, converted: 0 }, team, weights[place] ?? 0);
        return Rational.of(over, under);
      }),
    ]),
  );
}

/** How many contradictions keep a plan from being issued. */
export function faultsOf(content: PlanContent): number {
  return lintPlan(draftOf(content)).filter(({ severity }) => severity === 'fault').length;
}

/** A plan as the linter looks at it. */
export function draftOf(content: PlanContent): PlanDraft {
  const { breakEven, marginKopecks, steps, sellers } = content;
  return {
    targetKopecks: BigInt(content.targetKopecks),
    averageSaleKopecks: BigInt(content.averageSaleKopecks),
    statedSales: content.statedSales,
    marginKopecks: marginKopecks === null ? null : BigInt(marginKopecks),
    breakEven: breakEven && { kopecks: BigInt(breakEven.kopecks), basis: breakEven.basis },
    steps: steps.map(({ indicatorId, entered, converted }) => ({ indicatorId, conversion: { entered, converted } })),
    parts: [],
    sellerCount: sellers.length,
  };
}

const wordsOf = ({ indicatorId, exact, team, norms, surplus }: PlannedFigure) => ({
  indicatorId,
  exact: exact.toString(),
  team: team.toString(),
  norms: norms.map(({ userId, norm }) => ({ userId, norm: norm.toString() })),
  surplus: surplus.toString(),
});

function conversionOf({ steps }: PlanContent, place: number) {
  const step = steps[place];
  if (!step) return null;
  const { entered, converted } = step;
  const interval = wilson(converted, entered);
  return { entered, converted, low: interval?.low ?? null, high: interval?.high ?? null, tooFew: tooFew(entered) };
}

/**
 * How many of an indicator became sales, where all counts from it on are of one population: what reached the next step is
 * what entered it. Otherwise, and where nothing but a few was seen, no chance can be told.
 */
function towardsSales({ steps, base }: PlanContent, place: number): { successes: number; tries: number } | null {
  // Entries beside entries are of several generations: no chance follows from them.
  if (base.method === 'period') return null;
  const from = steps[place];
  const last = steps.at(-1);
  if (!from || !last || tooFew(from.entered)) return null;
  const isOnePopulation = steps.slice(place).every((step, index, rest) => {
    const next = rest[index + 1];
    return !next || next.entered === step.converted;
  });
  return isOnePopulation ? { successes: last.converted, tries: from.entered } : null;
}
