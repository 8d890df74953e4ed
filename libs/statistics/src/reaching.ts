/** Beyond so many missing they are counted in groups: adding up the chances of each number would take as long as it is large. */
const mostCounted = 20_000;

/**
 * Chance that at least `missing` more come in what is left of a time, when `done` came in the share `elapsed` of it. Events come
 * at a steady rate that is known only from them: Gamma(done + ½, elapsed), Jeffreys' prior; what is still to come is then
 * negative binomial. 1 where nothing is missing, 0 where no time is left. Throws a RangeError for counts that are not whole or
 * below 0, and for a share outside of 0 to 1.
 */
export function chanceToReach(done: number, elapsed: number, missing: number): number | null {
  if (!Number.isInteger(done) || !Number.isInteger(missing) || done < 0 || !(elapsed >= 0 && elapsed <= 1))
    throw new RangeError('Counts are whole and not negative, a share lies between 0 and 1.');
  if (missing <= 0) return 1;
  if (elapsed === 1) return 0;
  // Nothing is known of a rate before any time has passed.
  if (elapsed === 0) return null;
  if (missing > mostCounted) {
    // Of large counts nearly all that is uncertain is their rate, which is told in groups as well as one by one.
    const group = Math.ceil(missing / mostCounted);
    const odds = (elapsed / (1 - elapsed)) * group;
    return chanceToReach(done, odds / (1 + odds), Math.ceil(missing / group));
  }
  const size = done + 0.5;
  // P(X = 0) = elapsed^size; each further term from the one before, in logarithms, so that large counts do not underflow.
  let term = size * Math.log(elapsed);
  const ratio = Math.log1p(-elapsed);
  let below = Math.exp(term);
  for (let count = 1; count < missing; count += 1) {
    term += Math.log((size + count - 1) / count) + ratio;
    below += Math.exp(term);
    if (below >= 1) return 0;
  }
  return Math.max(0, Math.min(1, 1 - below));
}
