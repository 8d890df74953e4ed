import { type CountedMeasure, type DoneOnDay, isMeasuredBy } from '@funnelwatch/motivation';
import { decompose, type Indicator, type KnownPlan, type PlanSubject, shared, versionOn } from '@funnelwatch/plan';
import { measureOfFigure } from './measure-of-figure.js';
import { faultsOf, planQuestionOf, weightsOf } from './preview-plan.js';

/** What a seller owes to a plan and did for it; by figure of the plan, in the order of its chain. */
interface SellerWork {
  userId: string;
  targetKopecks: bigint;
  norms: readonly bigint[];
  /** What counts for each figure, by day. */
  done: readonly (readonly DoneOnDay[])[];
  /** Sales in the currency of the plan. */
  sales: readonly DoneOnDay[];
}

/** What a plan asks in its month, and what was done for it. */
export interface PlanWork {
  planId: string;
  name: string;
  version: number;
  subject: PlanSubject;
  currency: string;
  targetKopecks: bigint;
  /** In the order of the chain, sales last; with the team's norm. */
  figures: readonly { indicatorId: string | null; team: bigint }[];
  sellers: readonly SellerWork[];
}

interface Known {
  indicators: readonly Indicator[];
  /** What people did in the month of the plan. */
  done: readonly DoneOnDay[];
  /** Of the plan; what was sold in another one is not part of it. */
  currency: string;
}

/** The work of a plan by the version that holds at the end of its month; null for none, one with faults, one that binds nobody. */
export function workOn(plan: KnownPlan, { indicators, done, currency }: Known): PlanWork | null {
  const version = versionOn(plan, `${plan.subject.month}-31`);
  if (!version || version.content.sellers.length === 0 || faultsOf(version.content) > 0) return null;
  const { content } = version;
  const figures = decompose(planQuestionOf(content));
  const measures = figures.map((figure) => measureOfFigure(figure, plan.subject, indicators));
  const targetKopecks = BigInt(content.targetKopecks);
  const targets = shared(targetKopecks, weightsOf(content), 'exact');
  const counted = (userId: string, measure: CountedMeasure | null) =>
    done.filter((one) => one.doer === userId && measure !== null && isMeasuredBy(measure, one.measure));
  const sellers = content.sellers.map(({ userId }, seller) => {
    const own = measures.map((measure) => counted(userId, measure));
    return {
      ...{ userId, targetKopecks: targets[seller]?.norm ?? 0n, done: own },
      norms: figures.map(({ norms }) => norms[seller]?.norm ?? 0n),
      sales: (own.at(-1) ?? []).filter((row) => row.currency === currency),
    };
  });
  return {
    ...{ planId: plan.planId, name: content.name, version: version.version, subject: plan.subject },
    ...{ currency, targetKopecks, sellers },
    figures: figures.map(({ indicatorId, team }) => ({ indicatorId, team })),
  };
}

export const actionsOf = (rows: readonly DoneOnDay[]): number => rows.reduce((sum, { actions }) => sum + actions, 0);

export const kopecksOf = (rows: readonly DoneOnDay[]): bigint =>
  rows.reduce((sum, { kopecks }) => sum + (kopecks ?? 0n), 0n);
