import { survivalOf, type SurvivalStep } from '@funnelwatch/statistics';

/** A deal from when it came to a stage until it was decided, or until now. */
export interface StageStay {
  stageId: string;
  /** Days since it came to the stage for the first time, until it was decided or until now; not negative. */
  days: number;
  cause: 'won' | 'lost' | null;
}

/** A deal that is open now. */
export interface OpenDeal {
  stageId: string;
  /** Days since it came to its stage for the first time. */
  days: number;
  kopecks: bigint;
}

export interface SplitQuestion {
  /** Of deals that came to a stage in the window that is learned from. */
  stays: readonly StageStay[];
  open: readonly OpenDeal[];
  /** Stage in which new deals begin. */
  firstStageId: string;
  /** New deals on a working day, as the window has them. */
  newPerDay: number;
  /** From now to each working day on which new deals may still come, days. */
  newAfter: readonly number[];
  /** The part of the future that the plan is about, days from now. */
  from: number;
  to: number;
}

export interface LagSplit {
  /** Wins that the open pipeline brings within the plan's time, with a range of two standard deviations. */
  open: { deals: number; expected: number; low: number; high: number; kopecks: bigint };
  /** Wins of deals that are still to come. */
  fresh: { deals: number; expected: number };
  /** Chance that a deal that begins now is won within the plan's time. */
  chanceOfNew: number;
  /** Open deals in stages that too few deals have left before. */
  unknown: number;
}

type Steps = SurvivalStep<'won' | 'lost'>[];
/** A stage from which fewer deals were decided tells nothing. */
const leastDecided = 5;

/**
 * What is sold within a time that is to come, split into what stands open and what is new: by the chance that a deal is won so
 * many days after it came to a stage, lost and open ones competing (Aalen–Johansen), given that it is still open. Chances are
 * estimates, not money or norms.
 */
export function lagSplit({ stays, open, firstStageId, newPerDay, newAfter, from, to }: SplitQuestion): LagSplit {
  const byStage = new Map<string, Steps>();
  for (const [stageId, of] of Map.groupBy(stays, (stay) => stay.stageId)) {
    if (of.filter(({ cause }) => cause !== null).length < leastDecided) continue;
    byStage.set(
      stageId,
      survivalOf(
        ['won', 'lost'],
        of.map(({ days, cause }) => ({ time: days, cause })),
      ),
    );
  }
  let [expected, variance, unknown] = [0, 0, 0];
  let kopecks = 0n;
  for (const deal of open) {
    const steps = byStage.get(deal.stageId);
    if (!steps) unknown += 1;
    const chance = steps ? chanceWithin(steps, deal.days, from, to) : 0;
    expected += chance;
    variance += chance * (1 - chance);
    kopecks += (deal.kopecks * BigInt(Math.round(chance * 1_000_000))) / 1_000_000n;
  }
  const beginning = byStage.get(firstStageId) ?? [];
  const ofNew = newAfter.map((after) => chanceWithin(beginning, 0, Math.max(0, from - after), Math.max(0, to - after)));
  const spread = 2 * Math.sqrt(variance);
  return {
    open: {
      ...{ deals: open.length, expected, kopecks },
      ...{ low: Math.max(0, expected - spread), high: Math.min(open.length, expected + spread) },
    },
    fresh: { deals: newPerDay * newAfter.length, expected: ofNew.reduce((sum, chance) => sum + chance * newPerDay, 0) },
    chanceOfNew: chanceWithin(beginning, 0, from, to),
    unknown,
  };
}

/** Chance that a deal that has stood for `age` days is won between `from` and `to` days from now. */
function chanceWithin(steps: Steps, age: number, from: number, to: number): number {
  const still = at(steps, age, ({ survival }) => survival, 1);
  if (still <= 0) return 0;
  const won = (days: number) => at(steps, age + days, ({ incidence }) => incidence.won, 0);
  return Math.min(1, Math.max(0, (won(to) - won(from)) / still));
}

/** A step function of time, at a time. */
function at(steps: Steps, time: number, of: (step: Steps[number]) => number, before: number): number {
  const step = steps.findLast((one) => one.time <= time);
  return step ? of(step) : before;
}
