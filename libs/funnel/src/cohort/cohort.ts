import { Rejection } from '@funnelwatch/kernel';
import type { CohortStep, CohortTotals, FunnelCohort } from '../answers.js';
import { type CohortFigure, cohortFigures } from '../figure.js';
import { totalsOf } from '../read/by-seller.js';
import { rankedStages } from '../read/pipeline-views.js';
import { assertPeriod, type OpenQuestion } from '../read/question.js';
import { rateOf } from '../read/rate.js';
import { Parameters } from '../read/parameters.js';
import type { CohortDefinition } from '../scope.js';
import { type CohortWindow, followedObjects, type RankStep, startOf } from './cohort-rows.js';

/** One seller's counts: `population_reach_0`, and `converted_4` for the step of that index. */
type MemberRow = { sellerId: string } & Record<string, number | string>;

const mostHorizonDays = 36_500;

/** How far the objects came that entered in a window. Throws `Rejection` FUNNEL_PERIOD_INVALID, FUNNEL_HORIZON_INVALID. */
export async function funnelCohort(
  question: OpenQuestion,
  definition: CohortDefinition,
  window: CohortWindow,
): Promise<FunnelCohort> {
  assertWindow(window);
  const plan = planOf(definition, rankedStages(question.pipeline).length);
  const rows = await countMembers(question, window, plan);
  return {
    definition,
    asOf: question.asOf,
    pipeline: question.pipeline,
    from: window.period.from.toISOString(),
    to: window.period.to.toISOString(),
    horizonDays: window.horizonDays,
    ...totalsOf(rows, (own) => cohortTotals(question, plan, own)),
  };
}

/** Throws `Rejection` FUNNEL_PERIOD_INVALID, FUNNEL_HORIZON_INVALID. */
export function assertWindow({ period, horizonDays }: CohortWindow): void {
  assertPeriod(period);
  if (horizonDays === null) return;
  if (!Number.isInteger(horizonDays) || horizonDays < 1 || horizonDays > mostHorizonDays) {
    throw new Rejection('FUNNEL_HORIZON_INVALID', `The horizon is a number of days from 1 to ${mostHorizonDays}.`);
  }
}

interface CohortPlan {
  steps: RankStep[];
  /** Indexes into `steps`. */
  toNext: number[];
  overall: number | null;
  chain: number[];
}

/** Which steps an answer shows; the chain is always `reached` from the first stage. */
function planOf(definition: CohortDefinition, rankCount: number): CohortPlan {
  const steps: RankStep[] = [];
  const add = (step: RankStep) => steps.push(step) - 1;
  const toNext: number[] = [];
  for (let rank = 0; rank + 1 < rankCount; rank++) toNext.push(add({ definition, from: rank, to: rank + 1 }));
  const overall = rankCount > 1 ? add({ definition, from: 0, to: rankCount - 1 }) : null;
  const chain: number[] = [];
  for (let rank = 0; rank < rankCount; rank++) chain.push(add({ definition: 'reached', from: 0, to: rank }));
  return { steps, toNext, overall, chain };
}

/** Steps with equal starts have one population: only what they convert differs. */
const columnOf = (figure: CohortFigure, startAt: string, step: number) =>
  figure === 'converted' ? `converted_${step}` : `${figure}_${startAt}`;

async function countMembers(question: OpenQuestion, window: CohortWindow, plan: CohortPlan): Promise<MemberRow[]> {
  if (plan.steps.length === 0) return [];
  const parameters = new Parameters();
  const { text, steps } = followedObjects(question, window, plan.steps, parameters);
  const counts = new Map<string, string>();
  steps.forEach(({ conditions, startAt }, index) => {
    for (const figure of cohortFigures) {
      counts.set(columnOf(figure, startAt, index), `count(*) FILTER (WHERE ${conditions[figure]})`);
    }
  });
  const columns = [...counts].map(([column, count]) => `${count} AS ${column}`);
  const counted = await question.client.query<MemberRow>(
    `WITH ${text}
     SELECT seller_id AS "sellerId", ${columns.join(', ')}
       FROM followed JOIN object USING (object_id) GROUP BY seller_id`,
    parameters.values,
  );
  // Who entered something in the window is not always in a population: such sellers have no figure.
  return counted.rows.filter((row) => Object.values(row).some((count) => typeof count === 'number' && count > 0));
}

function cohortTotals(question: OpenQuestion, plan: CohortPlan, rows: readonly MemberRow[]): CohortTotals {
  const stages = rankedStages(question.pipeline);
  const step = (index: number): CohortStep => {
    const { from, to } = plan.steps[index]!;
    return stepOf(stages[from]!.stageId, stages[to]!.stageId, (figure) =>
      rows.reduce((total, row) => total + Number(row[columnOf(figure, startOf(plan.steps[index]!), index)] ?? 0), 0),
    );
  };
  return {
    steps: plan.toNext.map(step),
    overall: plan.overall === null ? null : step(plan.overall),
    chain: plan.chain.map(step),
  };
}

/** A step of a cohort from its counts. */
export function stepOf(fromStageId: string, toStageId: string, count: (figure: CohortFigure) => number): CohortStep {
  return {
    fromStageId,
    toStageId,
    population: count('population'),
    immature: count('immature'),
    censored: count('censored'),
    ...rateOf(count('converted'), count('counted')),
  };
}
