/** One object followed for some time: how it ended, or that it had not when it was last looked at. */
export interface Followed<Cause extends string> {
  /** Time under observation, in any unit; not negative. */
  time: number;
  /** Null while nothing has ended it: it leaves the count without telling when it would have. */
  cause: Cause | null;
}

/** What is known at a time at which something ended. */
export interface SurvivalStep<Cause extends string> {
  time: number;
  /** Still under observation just before it. */
  atRisk: number;
  /** Ended at it, by cause. */
  ended: Partial<Record<Cause, number>>;
  /** Share not ended by then (Kaplan–Meier, JASA 1958). */
  survival: number;
  /** Share ended by then by each cause, with the others as competing (Aalen–Johansen, Scand. J. Stat. 1978). */
  incidence: Record<Cause, number>;
}

/**
 * Kaplan–Meier and Aalen–Johansen estimates, a step for each time at which something ended, ascending. Objects that leave
 * at a time are at risk at it. Throws a RangeError for a time that is negative or no number.
 */
export function survivalOf<Cause extends string>(
  causes: readonly Cause[],
  objects: readonly Followed<Cause>[],
): SurvivalStep<Cause>[] {
  if (objects.some(({ time }) => !Number.isFinite(time) || time < 0)) throw new RangeError('A time is 0 or later.');
  const ascending = [...objects].sort((left, right) => left.time - right.time);
  const steps: SurvivalStep<Cause>[] = [];
  let survival = 1;
  let incidence = Object.fromEntries(causes.map((cause) => [cause, 0])) as Record<Cause, number>;
  for (let index = 0; index < ascending.length;) {
    const time = ascending[index]?.time ?? 0;
    const atRisk = ascending.length - index;
    const ended: Partial<Record<Cause, number>> = {};
    let total = 0;
    for (; ascending[index]?.time === time; index += 1) {
      const cause = ascending[index]?.cause ?? null;
      if (cause === null) continue;
      ended[cause] = (ended[cause] ?? 0) + 1;
      total += 1;
    }
    if (total === 0) continue;
    const before = survival;
    incidence = { ...incidence };
    for (const cause of causes) incidence[cause] += (before * (ended[cause] ?? 0)) / atRisk;
    survival = before * (1 - total / atRisk);
    steps.push({ time, atRisk, ended, survival, incidence });
  }
  return steps;
}

/** The first time by which half has ended; null when that is not reached. */
export const medianTime = (steps: readonly { time: number; survival: number }[]): number | null =>
  quantileTime(steps, 0.5);

/** Estimates carry the error of a few hundred multiplications. */
const roundingError = 1e-12;

/** The first time by which a share, between 0 and 1, has ended; null when that is not reached. */
export function quantileTime(steps: readonly { time: number; survival: number }[], share: number): number | null {
  return steps.find(({ survival }) => survival <= 1 - share + roundingError)?.time ?? null;
}
