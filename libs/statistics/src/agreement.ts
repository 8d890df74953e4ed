/** How two reviewers judged the same cases. */
export interface PairedVerdicts {
  bothYes: number;
  onlyFirst: number;
  onlySecond: number;
  bothNo: number;
}

export interface Agreement {
  n: number;
  /** Share of cases judged alike. */
  observed: number;
  /** Cohen's kappa (1960): agreement beyond chance; null where both always said the same and chance explains all of it. */
  kappa: number | null;
  /** Prevalence- and bias-adjusted kappa (Byrt et al. 1993): does not collapse where one answer is rare. */
  pabak: number;
}

/** Agreement of two reviewers; null without a case. Throws a RangeError unless all four are counts. */
export function agreementOf({ bothYes, onlyFirst, onlySecond, bothNo }: PairedVerdicts): Agreement | null {
  const counts = [bothYes, onlyFirst, onlySecond, bothNo];
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 0)) throw new RangeError('Verdicts are counted.');
  const n = counts.reduce((sum, count) => sum + count, 0);
  if (n === 0) return null;
  const observed = (bothYes + bothNo) / n;
  const firstYes = (bothYes + onlyFirst) / n;
  const secondYes = (bothYes + onlySecond) / n;
  const expected = firstYes * secondYes + (1 - firstYes) * (1 - secondYes);
  return {
    n,
    observed,
    kappa: expected === 1 ? null : (observed - expected) / (1 - expected),
    pabak: 2 * observed - 1,
  };
}
